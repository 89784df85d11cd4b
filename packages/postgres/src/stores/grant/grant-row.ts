import type { Grant, ListedGrant } from '@vestibule/server';
import type { Value } from '../../database/statement.ts';

/** A row of a grant: scopes, the authentication of the person and what they saw are JSON. */
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
  /** The thumbprint of the key that its tokens are bound to, or the method that the client has to authenticate by. */
  readonly proof_key: string | null;
  readonly displayed: string | null;
}

const NAMES: readonly (keyof GrantRow)[] = [
  'realm',
  'id',
  'client_id',
  'subject',
  'resource',
  'scopes',
  'created_at',
  'expires_at',
  'ends_at',
  'authentication',
  'proof_key',
  'displayed',
];

/** The columns of a {@link GrantRow}, without those of its tokens. */
export const COLUMNS: string = NAMES.join(', ');

export const toRow = (grant: Grant): GrantRow => ({
  realm: grant.realm,
  id: grant.id,
  client_id: grant.clientId,
  subject: grant.subject,
  resource: grant.resource,
  scopes: JSON.stringify(grant.scopes),
  created_at: grant.createdAt,
  expires_at: grant.expiresAt,
  ends_at: grant.endsAt ?? null,
  authentication: JSON.stringify(grant.authentication),
  proof_key: bindingColumn(grant),
  displayed: grant.displayed === undefined ? null : JSON.stringify(grant.displayed),
});

/** In the order of {@link COLUMNS}. */
export const toValues = (grant: Grant): readonly Value[] => {
  const row = toRow(grant);
  return NAMES.map((name) => row[name]);
};

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
  ...bindingIn(row),
  ...(row.displayed !== null && { displayed: JSON.parse(row.displayed) }),
});

/** A grant in the list of a person. */
export interface ListedGrantRow extends GrantRow {
  readonly opened_at: number | null;
}

/** A refresh token without a family secret. */
export interface TokenRow {
  readonly grant_id: string;
  readonly expires_at: number;
  readonly used_at: number | null;
  readonly successor_hash: string | null;
  readonly successor_seed: string | null;
}

export const toListed = (row: ListedGrantRow): ListedGrant => ({
  ...toGrant(row),
  ...(row.opened_at === null && { isUnopened: true }),
});

type Binding = Pick<Grant, 'proofKey' | 'clientMethod'>;

const CLIENT_METHOD: NonNullable<Grant['clientMethod']> = 'private_key_jwt';

/**
 * What the tokens of a grant are bound to, in one column: the thumbprint of a key or a method of client authentication. A thumbprint has
 * 43 characters, so it is never the name of a method.
 */
export const bindingColumn = ({ proofKey, clientMethod }: Binding): string | null =>
  proofKey ?? clientMethod ?? null;

function bindingIn({ proof_key: bound }: Pick<GrantRow, 'proof_key'>): Binding {
  if (bound === null) return {};
  return bound === CLIENT_METHOD ? { clientMethod: bound } : { proofKey: bound };
}
