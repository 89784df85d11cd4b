import type { StoredClient } from '@vestibule/core';

/** A stored client: lists, bounds, translations and the decisions of an operator are JSON. */
export interface ClientRow {
  readonly realm: string;
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly redirect_uris: string;
  readonly grant_types: string;
  readonly application_type: StoredClient['applicationType'];
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
  readonly bounds: string | null;
  readonly software_statement: string | null;
  readonly vouched_by: string | null;
  readonly initial_access_token_id: string | null;
  readonly registration_access_token_hash: string | null;
  readonly fingerprint: string | null;
  readonly last_used_at: number | null;
  readonly hibernated_at: number | null;
  readonly blocked_at: number | null;
  readonly preregistration: string | null;
}

export function toRow(client: StoredClient): ClientRow {
  return {
    realm: client.realm,
    id: client.id,
    version: client.version,
    name: client.name,
    redirect_uris: JSON.stringify(client.redirectUris),
    grant_types: JSON.stringify(client.grantTypes),
    application_type: client.applicationType,
    scope: toJson(client.scope),
    client_uri: client.clientUri ?? null,
    logo_uri: client.logoUri ?? null,
    tos_uri: client.tosUri ?? null,
    policy_uri: client.policyUri ?? null,
    software_id: client.softwareId ?? null,
    software_version: client.softwareVersion ?? null,
    contacts: toJson(client.contacts),
    translations: toJson(client.translations),
    issued_at: client.issuedAt,
    bounds: toJson(client.bounds),
    software_statement: client.softwareStatement ?? null,
    vouched_by: client.vouchedBy ?? null,
    initial_access_token_id: client.initialAccessTokenId ?? null,
    registration_access_token_hash: client.registrationAccessTokenHash ?? null,
    fingerprint: client.fingerprint ?? null,
    last_used_at: client.lastUsedAt ?? null,
    hibernated_at: client.hibernatedAt ?? null,
    blocked_at: client.blockedAt ?? null,
    preregistration: toJson(client.preregistration),
  };
}

export function toClient(row: ClientRow): StoredClient {
  return {
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
    ...(row.bounds !== null && { bounds: JSON.parse(row.bounds) }),
    ...(row.software_statement !== null && { softwareStatement: row.software_statement }),
    ...(row.vouched_by !== null && { vouchedBy: row.vouched_by }),
    ...(row.initial_access_token_id !== null && { initialAccessTokenId: row.initial_access_token_id }),
    ...(row.registration_access_token_hash !== null && {
      registrationAccessTokenHash: row.registration_access_token_hash,
    }),
    ...(row.fingerprint !== null && { fingerprint: row.fingerprint }),
    ...(row.last_used_at !== null && { lastUsedAt: row.last_used_at }),
    ...(row.hibernated_at !== null && { hibernatedAt: row.hibernated_at }),
    ...(row.blocked_at !== null && { blockedAt: row.blocked_at }),
    ...(row.preregistration !== null && { preregistration: JSON.parse(row.preregistration) }),
  };
}

const toJson = (value: object | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);
