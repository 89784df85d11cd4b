import type { InitialAccessTokenStore } from '@vestibule/core';
import type { InitialAccessToken } from '@vestibule/core/registration';
import type { SqliteDatabase } from '../database/database.ts';
import { toPage } from './page.ts';
import type { TokenRow } from './initial-access-token-writes.ts';

/** Initial access tokens, by their hashes, on SQLite. */
export function createSqliteInitialAccessTokenStore({
  prepare,
  write,
}: SqliteDatabase): InitialAccessTokenStore {
  const select = prepare<[string, string], TokenRow>(
    'SELECT * FROM initial_access_tokens WHERE realm = ? AND hash = ?',
  );
  const selectPage = prepare<[string, string, number], TokenRow>(
    'SELECT * FROM initial_access_tokens WHERE realm = ? AND id > ? ORDER BY id LIMIT ?',
  );
  return {
    insert: (token) => write('insertInitialAccessToken', token),
    findByHash: async (realm, hash) => {
      const row = select.get(realm, hash);
      return row && toToken(row);
    },
    list: async (realm, { after = '', limit }) =>
      toPage(selectPage.all(realm, after, limit + 1).map(toToken), limit, ({ id }) => id),
    use: (realm, hash, now) => write('useInitialAccessToken', realm, hash, now),
    release: (realm, hash) => write('releaseInitialAccessToken', realm, hash),
    revoke: (realm, id, at) => write('revokeInitialAccessToken', realm, id, at),
  };
}

function toToken({ realm, id, hash, uses, ...row }: TokenRow): InitialAccessToken {
  return {
    realm,
    id,
    hash,
    ...(row.note !== null && { note: row.note }),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    maxUses: row.max_uses,
    uses,
    ...(row.redirect_hosts !== null && { redirectHosts: JSON.parse(row.redirect_hosts) }),
    ...(row.scopes !== null && { scopes: JSON.parse(row.scopes) }),
    ...(row.resources !== null && { resources: JSON.parse(row.resources) }),
    ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
  };
}
