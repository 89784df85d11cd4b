import type { RevokedTokenStore } from '@vestibule/server';
import type { SqliteDatabase } from '../database/database.ts';

/** Parameters: realm, time and limit; -1 is unlimited. */
export const LIST_REVOKED = 'SELECT id FROM revoked_tokens WHERE realm = ? AND expires_at > ? LIMIT ?';

/** Individually revoked access tokens on SQLite. */
export function createSqliteRevokedTokenStore({ prepare, write }: SqliteDatabase): RevokedTokenStore {
  const select = prepare<[string, string], unknown>(
    'SELECT 1 FROM revoked_tokens WHERE realm = ? AND id = ?',
  );
  const selectAll = prepare<[string, number, number], { readonly id: string }>(LIST_REVOKED);
  return {
    add: (realm, tokenId, expiresAt) => write('addRevokedToken', realm, tokenId, expiresAt),
    has: async (realm, tokenId) => select.get(realm, tokenId) !== undefined,
    list: async (realm, now, limit = -1) => selectAll.all(realm, now, limit).map(({ id }) => id),
  };
}
