import type { RevokedTokenStore } from '@vestibule/server';
import type { Queryable } from '../database/statement.ts';

const ADD = 'INSERT INTO revoked_tokens (realm, id, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';

const HAS = 'SELECT 1 FROM revoked_tokens WHERE realm = $1 AND id = $2';

const LIST = 'SELECT id FROM revoked_tokens WHERE realm = $1 AND expires_at > $2 LIMIT $3';

/** Individually revoked access tokens on PostgreSQL. */
export function createPostgresRevokedTokenStore(database: Queryable): RevokedTokenStore {
  return {
    add: async (realm, tokenId, expiresAt) => {
      const statement = { name: 'revoked-tokens.add', text: ADD, values: [realm, tokenId, expiresAt] };
      return (await database.query(statement)).rowCount === 1 ? 'added' : 'known';
    },
    has: async (realm, tokenId) => {
      const statement = { name: 'revoked-tokens.has', text: HAS, values: [realm, tokenId], reads: true };
      return (await database.query(statement)).rowCount === 1;
    },
    list: async (realm, now, limit) => {
      const statement = {
        name: 'revoked-tokens.list',
        text: LIST,
        values: [realm, now, limit ?? null],
        reads: true,
      };
      const { rows } = await database.query<{ readonly id: string }>(statement);
      return rows.map(({ id }) => id);
    },
  };
}
