import type { ReplayStore } from '@vestibule/server';
import type { Queryable } from '../database/statement.ts';

/** Of concurrent statements one adds the row; PostgreSQL makes the others wait for it, and add nothing. */
const NOTE = 'INSERT INTO replays (realm, key, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';

const HAS = 'SELECT 1 FROM replays WHERE realm = $1 AND key = $2';

/** Used ids on PostgreSQL. */
export function createPostgresReplayStore(database: Queryable): ReplayStore {
  return {
    note: async (realm, key, expiresAt) => {
      const statement = { name: 'replays.note', text: NOTE, values: [realm, key, expiresAt] };
      return (await database.query(statement)).rowCount === 1 ? 'first' : 'repeated';
    },
    has: async (realm, key) => {
      const statement = { name: 'replays.has', text: HAS, values: [realm, key], reads: true };
      return (await database.query(statement)).rowCount === 1;
    },
  };
}
