import type {
  Client,
  ClientCore,
  DynamicClient,
  MetadataDocumentClient,
  PreregisteredClient,
  Registration,
} from '@vestibule/core';
import { jsonOrNull } from '../json.ts';

/** A client as its table has it: lists, bounds, translations, terms and the document are JSON. */
export type ClientRow = CoreColumns & RegistrationColumns & KindColumns;

/** Which kind a client is, and what only clients of that kind have. A constraint of the table holds what belongs together. */
type KindColumns =
  | { readonly kind: DynamicClient['kind']; readonly preregistration: null; readonly document: null }
  | { readonly kind: PreregisteredClient['kind']; readonly preregistration: string; readonly document: null }
  | {
      readonly kind: MetadataDocumentClient['kind'];
      readonly preregistration: null;
      readonly document: string;
    };

export type DynamicRow = ClientRow & { readonly kind: DynamicClient['kind'] };

interface CoreColumns {
  readonly realm: string;
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly redirect_uris: string;
  readonly grant_types: string;
  readonly application_type: Client['applicationType'];
  readonly scope: string | null;
  readonly client_uri: string | null;
  readonly logo_uri: string | null;
  readonly tos_uri: string | null;
  readonly policy_uri: string | null;
  readonly software_id: string | null;
  readonly software_version: string | null;
  readonly contacts: string | null;
  readonly translations: string | null;
  readonly issued_at: number;
  readonly last_used_at: number | null;
  readonly blocked_at: number | null;
}

/** All are null for clients that did not register themselves. */
interface RegistrationColumns {
  readonly bounds: string | null;
  readonly software_statement: string | null;
  readonly vouched_by: string | null;
  readonly initial_access_token_id: string | null;
  readonly registration_access_token_hash: string | null;
  readonly fingerprint: string | null;
  readonly hibernated_at: number | null;
}

export const toRow = (client: Client, version: number): ClientRow => ({
  ...coreColumns({ ...client, version }),
  ...kindColumns(client),
});

const coreColumns = (client: ClientCore): CoreColumns => ({
  realm: client.realm,
  id: client.id,
  version: client.version,
  name: client.name,
  redirect_uris: JSON.stringify(client.redirectUris),
  grant_types: JSON.stringify(client.grantTypes),
  application_type: client.applicationType,
  scope: jsonOrNull(client.scope),
  client_uri: client.clientUri ?? null,
  logo_uri: client.logoUri ?? null,
  tos_uri: client.tosUri ?? null,
  policy_uri: client.policyUri ?? null,
  software_id: client.softwareId ?? null,
  software_version: client.softwareVersion ?? null,
  contacts: jsonOrNull(client.contacts),
  translations: jsonOrNull(client.translations),
  issued_at: client.issuedAt,
  last_used_at: client.lastUsedAt ?? null,
  blocked_at: client.blockedAt ?? null,
});

const registrationColumns = (registration: Registration): RegistrationColumns => ({
  bounds: jsonOrNull(registration.bounds),
  software_statement: registration.softwareStatement ?? null,
  vouched_by: registration.vouchedBy ?? null,
  initial_access_token_id: registration.initialAccessTokenId ?? null,
  registration_access_token_hash: registration.accessTokenHash ?? null,
  fingerprint: registration.fingerprint ?? null,
  hibernated_at: registration.hibernatedAt ?? null,
});

function kindColumns(client: Client): RegistrationColumns & KindColumns {
  switch (client.kind) {
    case 'dynamic': {
      const { kind, registration } = client;
      return { ...registrationColumns(registration), kind, preregistration: null, document: null };
    }
    case 'metadata-document': {
      const { kind, document } = client;
      return { ...registrationColumns({}), kind, preregistration: null, document: JSON.stringify(document) };
    }
    case 'pre-registered': {
      const { kind, terms } = client;
      return { ...registrationColumns({}), kind, preregistration: JSON.stringify(terms), document: null };
    }
  }
}

export function toClient(row: ClientRow): Client {
  switch (row.kind) {
    case 'dynamic':
      return toDynamicClient(row);
    case 'metadata-document':
      return { kind: row.kind, ...toCore(row), document: JSON.parse(row.document) };
    case 'pre-registered':
      return { kind: row.kind, ...toCore(row), terms: JSON.parse(row.preregistration) };
  }
}

export const toDynamicClient = (row: DynamicRow): DynamicClient => ({
  kind: row.kind,
  ...toCore(row),
  registration: toRegistration(row),
});

const toCore = (row: CoreColumns): ClientCore => ({
  realm: row.realm,
  id: row.id,
  version: row.version,
  name: row.name,
  redirectUris: JSON.parse(row.redirect_uris),
  grantTypes: JSON.parse(row.grant_types),
  applicationType: row.application_type,
  ...(row.scope !== null && { scope: JSON.parse(row.scope) }),
  ...(row.client_uri !== null && { clientUri: row.client_uri }),
  ...(row.logo_uri !== null && { logoUri: row.logo_uri }),
  ...(row.tos_uri !== null && { tosUri: row.tos_uri }),
  ...(row.policy_uri !== null && { policyUri: row.policy_uri }),
  ...(row.software_id !== null && { softwareId: row.software_id }),
  ...(row.software_version !== null && { softwareVersion: row.software_version }),
  ...(row.contacts !== null && { contacts: JSON.parse(row.contacts) }),
  ...(row.translations !== null && { translations: JSON.parse(row.translations) }),
  issuedAt: row.issued_at,
  ...(row.last_used_at !== null && { lastUsedAt: row.last_used_at }),
  ...(row.blocked_at !== null && { blockedAt: row.blocked_at }),
});

const toRegistration = (row: RegistrationColumns): Registration => ({
  ...(row.bounds !== null && { bounds: JSON.parse(row.bounds) }),
  ...(row.software_statement !== null && { softwareStatement: row.software_statement }),
  ...(row.vouched_by !== null && { vouchedBy: row.vouched_by }),
  ...(row.initial_access_token_id !== null && { initialAccessTokenId: row.initial_access_token_id }),
  ...(row.registration_access_token_hash !== null && { accessTokenHash: row.registration_access_token_hash }),
  ...(row.fingerprint !== null && { fingerprint: row.fingerprint }),
  ...(row.hibernated_at !== null && { hibernatedAt: row.hibernated_at }),
});

/** The client that was registered last. */
export const newestOf = (rows: readonly ClientRow[]): ClientRow | undefined =>
  rows.length < 2 ? rows[0] : rows.toSorted((one, other) => other.issued_at - one.issued_at)[0];
