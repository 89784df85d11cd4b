import type { Client, DynamicClient, ExpiredClient } from '@vestibule/core';
import { NOW } from '@vestibule/testing/now';
import type { Database } from '../../src/index.ts';

/** Text with everything that JSON or PostgreSQL writes in its own way: NUL, half a surrogate pair, escapes and marks. */
const STRANGE = 'a\0b\u{1B}0000\\u001b0000\\\0\\\\\uD83D"\n\u{E000}1🦊\\u0000\u{7F}';

export const LEAST: DynamicClient = {
  kind: 'dynamic',
  realm: 'main',
  id: 'app',
  version: 3,
  name: '',
  redirectUris: [],
  grantTypes: [],
  applicationType: 'web',
  issuedAt: NOW,
  registration: {},
};

const { registration: _registration, ...CORE } = {
  ...LEAST,
  name: STRANGE,
  redirectUris: [`https://a.example/${STRANGE}`, 'cursor://a.b/c'],
  grantTypes: ['refresh_token', 'authorization_code'],
  applicationType: 'native',
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
} satisfies DynamicClient;

const FULL: DynamicClient = {
  ...CORE,
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

/** Clients of every kind, with every member and with the fewest. */
export const CLIENTS_OF_SCHEMA_15: readonly (readonly [string, Client])[] = [
  ['a dynamic one with the fewest members', LEAST],
  ['a dynamic one with every member', FULL],
  ['a dynamic one with empty bounds', { ...LEAST, registration: { bounds: {} } }],
  [
    'one that an operator created',
    {
      ...CORE,
      kind: 'pre-registered',
      terms: {
        authentication: { method: 'client_secret_basic', secretHashes: [STRANGE] },
        access: [{ resource: 'https://a.example', scopes: [] }],
        rememberConsent: true,
      },
    },
  ],
  [
    'one of a metadata document',
    {
      ...CORE,
      kind: 'metadata-document',
      document: {
        uri: 'https://a.example/c',
        fetchedAt: NOW,
        expiresAt: NOW + 1,
        etag: '"1"',
        fingerprint: 'f',
      },
    },
  ],
];

/** Whether it is counted as active. */
export const isActive = (client: Client): boolean =>
  client.kind === 'dynamic' &&
  client.blockedAt === undefined &&
  client.registration.hibernatedAt === undefined;

/** Stores a client as schema 15 had it: a column for each member. */
export async function insertInSchema15(database: Database, client: Client): Promise<void> {
  const registration = client.kind === 'dynamic' ? client.registration : {};
  const row = {
    realm: client.realm,
    id: client.id,
    version: client.version,
    kind: client.kind,
    name: client.name,
    redirect_uris: json(client.redirectUris),
    grant_types: json(client.grantTypes),
    application_type: client.applicationType,
    scope: json(client.scope),
    client_uri: client.clientUri ?? null,
    logo_uri: client.logoUri ?? null,
    tos_uri: client.tosUri ?? null,
    policy_uri: client.policyUri ?? null,
    software_id: client.softwareId ?? null,
    software_version: client.softwareVersion ?? null,
    contacts: json(client.contacts),
    translations: json(client.translations),
    issued_at: client.issuedAt,
    last_used_at: client.lastUsedAt ?? null,
    blocked_at: client.blockedAt ?? null,
    bounds: json(registration.bounds),
    software_statement: registration.softwareStatement ?? null,
    vouched_by: registration.vouchedBy ?? null,
    initial_access_token_id: registration.initialAccessTokenId ?? null,
    registration_access_token_hash: registration.accessTokenHash ?? null,
    fingerprint: registration.fingerprint ?? null,
    hibernated_at: registration.hibernatedAt ?? null,
    document: json(client.kind === 'metadata-document' ? client.document : undefined),
    preregistration: json(client.kind === 'pre-registered' ? client.terms : undefined),
  };
  const columns = Object.keys(row);
  await database.query({
    text: `INSERT INTO clients (${columns.join(', ')}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    values: Object.values(row),
  });
}

/** Stores what is kept of an expired client as schema 15 had it: its registration beside its other members. */
export async function keepInSchema15(database: Database, expired: ExpiredClient): Promise<void> {
  const { realm, id, expiredAt, kind: _kind, registration, ...core } = expired;
  const { accessTokenHash: registrationAccessTokenHash, ...others } = registration;
  await database.query({
    text: 'INSERT INTO expired_clients (realm, id, client, expired_at) VALUES ($1, $2, $3, $4)',
    values: [realm, id, JSON.stringify({ ...core, ...others, registrationAccessTokenHash }), expiredAt],
  });
}

const json = (value: object | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);
