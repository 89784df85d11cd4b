import { NOW } from './now.ts';

/** Text with everything that JSON or PostgreSQL writes in its own way: NUL, half a surrogate pair, escapes and marks. */
const STRANGE = 'a\0b\u{1B}0000\\u001b0000\\\0\\\\\uD83D"\n\u{E000}1🦊\\u0000\u{7F}';

/** A dynamic client with the fewest members. */
export const LEAST = {
  kind: 'dynamic' as const,
  realm: 'main',
  id: 'app',
  version: 3,
  name: '',
  redirectUris: [],
  grantTypes: [],
  applicationType: 'web' as const,
  issuedAt: NOW,
  registration: {},
};

const CORE = {
  realm: 'main',
  id: 'app',
  version: 3,
  issuedAt: NOW,
  name: STRANGE,
  redirectUris: [`https://a.example/${STRANGE}`, 'cursor://a.b/c'],
  grantTypes: ['refresh_token' as const, 'authorization_code' as const],
  applicationType: 'native' as const,
  scope: ['write', STRANGE],
  clientUri: `https://a.example/${STRANGE}`,
  logoUri: '',
  tosUri: 'https://a.example/terms',
  policyUri: 'https://a.example/privacy',
  softwareId: STRANGE,
  softwareVersion: '2.1',
  contacts: [STRANGE],
  translations: { 'ja-Jpan-JP': { name: STRANGE }, fr: {} },
  lastUsedAt: NOW + 1,
  blockedAt: NOW + 3,
};

const FULL = {
  ...CORE,
  kind: 'dynamic' as const,
  registration: {
    bounds: { redirectHosts: ['*.a.example'], scopes: [STRANGE], resources: [] },
    softwareStatement: 'a.b.c',
    vouchedBy: STRANGE,
    initialAccessTokenId: 'for-a-team',
    accessTokenHash: 'hash-of-a-registration-access-token',
    fingerprint: 'fingerprint',
    hibernatedAt: NOW + 2,
  },
};

/** Dynamic clients, with every member and with the fewest. */
export const DYNAMIC_CLIENTS_OF_SCHEMA_15 = [
  ['a dynamic one with the fewest members', LEAST],
  ['a dynamic one with every member', FULL],
  ['a dynamic one with empty bounds', { ...LEAST, registration: { bounds: {} } }],
] as const;

/** Clients of every kind, with every member and with the fewest. */
export const CLIENTS_OF_SCHEMA_15 = [
  ...DYNAMIC_CLIENTS_OF_SCHEMA_15,
  [
    'one that an operator created',
    {
      ...CORE,
      kind: 'pre-registered' as const,
      terms: {
        authentication: { method: 'client_secret_basic' as const, secretHashes: [STRANGE] },
        access: [{ resource: 'https://a.example', scopes: [] }],
        rememberConsent: true,
      },
    },
  ],
  [
    'one of a metadata document',
    {
      ...CORE,
      kind: 'metadata-document' as const,
      document: {
        uri: 'https://a.example/c',
        fetchedAt: NOW,
        expiresAt: NOW + 1,
        etag: '"1"',
        fingerprint: 'f',
      },
    },
  ],
] as const;

type Described = (typeof CLIENTS_OF_SCHEMA_15)[number][1];

/** Whether it is counted as active. */
export const isActiveInSchema15 = (client: Described): boolean =>
  client.kind === 'dynamic' && !('blockedAt' in client) && !('hibernatedAt' in client.registration);

/** Members that a client may have, for reading one that is absent. */
interface Members {
  readonly [name: string]: unknown;
}

/** The row of a client, with a column for each member. */
export function rowOfSchema15(described: Described): Readonly<Record<string, string | number | null>> {
  const client: Members = described;
  const registration: Members = described.kind === 'dynamic' ? described.registration : {};
  return {
    realm: described.realm,
    id: described.id,
    version: described.version,
    kind: described.kind,
    name: described.name,
    redirect_uris: json(client['redirectUris']),
    grant_types: json(client['grantTypes']),
    application_type: described.applicationType,
    scope: json(client['scope']),
    client_uri: value(client['clientUri']),
    logo_uri: value(client['logoUri']),
    tos_uri: value(client['tosUri']),
    policy_uri: value(client['policyUri']),
    software_id: value(client['softwareId']),
    software_version: value(client['softwareVersion']),
    contacts: json(client['contacts']),
    translations: json(client['translations']),
    issued_at: described.issuedAt,
    last_used_at: value(client['lastUsedAt']),
    blocked_at: value(client['blockedAt']),
    bounds: json(registration['bounds']),
    software_statement: value(registration['softwareStatement']),
    vouched_by: value(registration['vouchedBy']),
    initial_access_token_id: value(registration['initialAccessTokenId']),
    registration_access_token_hash: value(registration['accessTokenHash']),
    fingerprint: value(registration['fingerprint']),
    hibernated_at: value(registration['hibernatedAt']),
    document: json(client['document']),
    preregistration: json(client['terms']),
  };
}

/** What was kept of an expired client: its registration beside its other members, as JSON. */
export function keptInSchema15(client: (typeof DYNAMIC_CLIENTS_OF_SCHEMA_15)[number][1]): string {
  const { realm: _realm, id: _id, kind: _kind, registration, ...core } = client;
  const { accessTokenHash: registrationAccessTokenHash, ...others }: Members = registration;
  return JSON.stringify({ ...core, ...others, registrationAccessTokenHash });
}

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

const value = (member: unknown): string | number | null =>
  typeof member === 'string' || typeof member === 'number' ? member : null;
