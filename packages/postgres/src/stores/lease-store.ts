import type { LeaseStore } from '@vestibule/core';
import type { Queryable } from '../database/statement.ts';

/**
 * Of concurrent statements one finds the lease free or its own; PostgreSQL makes the others wait, check again, and change
 * nothing.
 */
const TAKE = `
  INSERT INTO leases (name, holder, expires_at) VALUES ($1, $2, $4)
  ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
  WHERE leases.holder = excluded.holder OR leases.expires_at <= $3`;

const RELEASE = 'DELETE FROM leases WHERE name = $1 AND holder = $2';

/** Leases on PostgreSQL. */
export function createPostgresLeaseStore(database: Queryable): LeaseStore {
  return {
    take: async (name, holder, now, expiresAt) => {
      const statement = { name: 'leases.take', text: TAKE, values: [name, holder, now, expiresAt] };
      return (await database.query(statement)).rowCount === 1;
    },
    release: async (name, holder) => {
      await database.query({ name: 'leases.release', text: RELEASE, values: [name, holder] });
    },
  };
}
