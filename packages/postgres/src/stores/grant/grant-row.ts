import type { Grant, ListedGrant } from '@vestibule/server';
import type { Value } from '../../database/statement.ts';

/** A stored grant: scopes, the authentication of the person and what they saw are JSON. */
export interface GrantRow {
  readonly realm: string;
  readonly id: string;
  readonly client_id: string;
  readonly subject: string;
  readonly resource: string;
  readonly scopes: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly ends_at: number | null;
  readonly authentication: string;
  readonly proof_key: string | null;
  readonly displayed: string | null;
}

export const COLUMNS =
  'realm, id, client_id, subject, resource, scopes, created_at, expires_at, ends_at, authentication, proof_key, displayed';

/** In the order of {@link COLUMNS}. */
export const toValues = (grant: Grant): readonly Value[] => [
  grant.realm,
  grant.id,
  grant.clientId,
  grant.subject,
  grant.resource,
  JSON.stringify(grant.scopes),
  grant.createdAt,
  grant.expiresAt,
  grant.endsAt ?? null,
  JSON.stringify(grant.authentication),
  grant.proofKey ?? null,
  grant.displayed === undefined ? null : JSON.stringify(grant.displayed),
];

export const toGrant = (row: GrantRow): Grant => ({
  realm: row.realm,
  id: row.id,
  clientId: row.client_id,
  subject: row.subject,
  resource: row.resource,
  scopes: JSON.parse(row.scopes),
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  ...(row.ends_at !== null && { endsAt: row.ends_at }),
  authentication: JSON.parse(row.authentication),
  ...(row.proof_key !== null && { proofKey: row.proof_key }),
  ...(row.displayed !== null && { displayed: JSON.parse(row.displayed) }),
});

/** A grant in the list of a person. */
export interface ListedGrantRow extends GrantRow {
  readonly opened_at: number | null;
}

export const toListed = (row: ListedGrantRow): ListedGrant => ({
  ...toGrant(row),
  ...(row.opened_at === null && { isUnopened: true }),
});
