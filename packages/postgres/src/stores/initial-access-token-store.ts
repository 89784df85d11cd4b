import type { InitialAccessTokenStore } from '@vestibule/core';
import type { InitialAccessToken } from '@vestibule/core/registration';
import type { Queryable, Value } from '../database/statement.ts';
import { toPage } from './page.ts';

interface TokenRow {
  readonly realm: string;
  readonly id: string;
  readonly hash: string;
  readonly note: string | null;
  readonly created_at: number;
  readonly expires_at: number;
  readonly max_uses: number;
  readonly uses: number;
  readonly redirect_hosts: string | null;
  readonly scopes: string | null;
  readonly resources: string | null;
  readonly revoked_at: number | null;
}

const COLUMNS =
  'realm, id, hash, note, created_at, expires_at, max_uses, uses, redirect_hosts, scopes, resources, revoked_at';

const INSERT = `
  INSERT INTO initial_access_tokens (${COLUMNS})
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`;

const SELECT = `SELECT ${COLUMNS} FROM initial_access_tokens WHERE realm = $1 AND hash = $2`;

const SELECT_PAGE = `
  SELECT ${COLUMNS} FROM initial_access_tokens WHERE realm = $1 AND id > $2 ORDER BY id LIMIT $3`;

/** Of concurrent statements PostgreSQL makes each wait for the one before it, and check again whether a use is left. */
const USE = `
  UPDATE initial_access_tokens SET uses = uses + 1
  WHERE realm = $1 AND hash = $2 AND revoked_at IS NULL AND expires_at > $3 AND uses < max_uses`;

const GIVE_BACK = `
  UPDATE initial_access_tokens SET uses = uses - 1 WHERE realm = $1 AND hash = $2 AND uses > 0`;

const REVOKE = `
  UPDATE initial_access_tokens SET revoked_at = coalesce(revoked_at, $3) WHERE realm = $1 AND id = $2`;

/** Initial access tokens on PostgreSQL. */
export function createPostgresInitialAccessTokenStore(database: Queryable): InitialAccessTokenStore {
  return {
    insert: async (token) => {
      const { rowCount } = await database.query({
        name: 'initial-access-tokens.insert',
        text: INSERT,
        values: Object.values<Value>({ ...toTokenRow(token) }),
      });
      return rowCount === 1 ? 'inserted' : 'exists';
    },
    findByHash: async (realm, hash) => {
      const { rows } = await database.query<TokenRow>({
        name: 'initial-access-tokens.find-by-hash',
        text: SELECT,
        values: [realm, hash],
        reads: true,
      });
      return rows[0] && toToken(rows[0]);
    },
    list: async (realm, { after = '', limit }) => {
      const { rows } = await database.query<TokenRow>({
        name: 'initial-access-tokens.list',
        text: SELECT_PAGE,
        values: [realm, after, limit + 1],
        reads: true,
      });
      return toPage(rows.map(toToken), limit, ({ id }) => id);
    },
    use: async (realm, hash, now) => {
      const statement = { name: 'initial-access-tokens.use', text: USE, values: [realm, hash, now] };
      return (await database.query(statement)).rowCount === 1 ? 'counted' : 'refused';
    },
    release: async (realm, hash) => {
      await database.query({
        name: 'initial-access-tokens.release',
        text: GIVE_BACK,
        values: [realm, hash],
      });
    },
    revoke: async (realm, id, at) => {
      const statement = { name: 'initial-access-tokens.revoke', text: REVOKE, values: [realm, id, at] };
      return (await database.query(statement)).rowCount === 1 ? 'revoked' : 'missing';
    },
  };
}

/** A token as its row, in the order of {@link COLUMNS}. */
export const toTokenRow = (token: InitialAccessToken): TokenRow => ({
  realm: token.realm,
  id: token.id,
  hash: token.hash,
  note: token.note ?? null,
  created_at: token.createdAt,
  expires_at: token.expiresAt,
  max_uses: token.maxUses,
  uses: token.uses,
  redirect_hosts: toJson(token.redirectHosts),
  scopes: toJson(token.scopes),
  resources: toJson(token.resources),
  revoked_at: token.revokedAt ?? null,
});

const toToken = (row: TokenRow): InitialAccessToken => ({
  realm: row.realm,
  id: row.id,
  hash: row.hash,
  ...(row.note !== null && { note: row.note }),
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  maxUses: row.max_uses,
  uses: row.uses,
  ...(row.redirect_hosts !== null && { redirectHosts: JSON.parse(row.redirect_hosts) }),
  ...(row.scopes !== null && { scopes: JSON.parse(row.scopes) }),
  ...(row.resources !== null && { resources: JSON.parse(row.resources) }),
  ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
});

const toJson = (list: readonly string[] | undefined): string | null =>
  list === undefined ? null : JSON.stringify(list);
