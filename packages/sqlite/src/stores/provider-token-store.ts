import type { ProviderTokenStore } from '@vestibule/server';
import type { SqliteDatabase } from '../database/database.ts';

interface ProviderTokenRow {
  readonly realm: string;
  readonly grant_id: string;
  readonly version: number;
  readonly sealed: string;
  readonly expires_at: number;
}

const COLUMNS = 'realm, grant_id, version, sealed, expires_at';

/** Parameters: realm, time and limit. */
const ORPHANED = `
  SELECT ${COLUMNS} FROM provider_tokens AS token
  WHERE realm = ? AND NOT EXISTS (
    SELECT 1 FROM grants
    WHERE grants.realm = token.realm AND grants.id = token.grant_id AND ended_at IS NULL AND grants.expires_at > ?
  ) LIMIT ?`;

const toTokens = ({ grant_id: grantId, expires_at: expiresAt, ...row }: ProviderTokenRow) => ({
  ...row,
  grantId,
  expiresAt,
});

/** The tokens of a provider on SQLite. */
export function createSqliteProviderTokenStore({ prepare, write }: SqliteDatabase): ProviderTokenStore {
  const select = prepare<[string, string], ProviderTokenRow>(
    `SELECT ${COLUMNS} FROM provider_tokens WHERE realm = ? AND grant_id = ?`,
  );
  const selectOrphaned = prepare<[string, number, number], ProviderTokenRow>(ORPHANED);
  return {
    put: (tokens) => write('putProviderTokens', tokens),
    find: async (realm, grantId) => {
      const row = select.get(realm, grantId);
      return row && toTokens(row);
    },
    listOrphaned: async (realm, now, limit) => selectOrphaned.all(realm, now, limit).map(toTokens),
    remove: (realm, grantId, version) => write('removeProviderTokens', realm, grantId, version),
  };
}
