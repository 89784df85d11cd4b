import type { OneTimeStore } from '@vestibule/server';
import type { Queryable } from '../database/statement.ts';

/** Each kind of one-time value has its own table. */
type OneTimeTable = 'codes' | 'pushed_requests' | 'finished_sign_ins';

const put = (table: OneTimeTable): string =>
  `INSERT INTO ${table} (realm, key, value, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`;

const find = (table: OneTimeTable): string =>
  `SELECT value FROM ${table} WHERE realm = $1 AND key = $2 AND taken_at IS NULL AND expires_at > $3`;

/**
 * Of concurrent statements one finds the value available; PostgreSQL makes the others wait, check again, and return no row.
 */
const take = (table: OneTimeTable): string => `
  UPDATE ${table} SET taken_at = $3
  WHERE realm = $1 AND key = $2 AND taken_at IS NULL AND expires_at > $3 RETURNING value`;

/** One-time values on PostgreSQL. The key of a consumed value is stored until it expires. */
export function createPostgresOneTimeStore<T>(database: Queryable, table: OneTimeTable): OneTimeStore<T> {
  const statements = {
    find: { name: `${table}.find`, text: find(table), reads: true },
    put: { name: `${table}.put`, text: put(table) },
    take: { name: `${table}.take`, text: take(table) },
  };
  return {
    put: async (realm, key, value, expiresAt) => {
      const values = [realm, key, JSON.stringify(value), expiresAt];
      const { rowCount } = await database.query({ ...statements.put, values });
      return rowCount === 1 ? 'stored' : 'exists';
    },
    find: async (realm, key, now) => {
      const statement = { ...statements.find, values: [realm, key, now] };
      const { rows } = await database.query<{ readonly value: string }>(statement);
      return rows[0] && JSON.parse(rows[0].value);
    },
    take: async (realm, key, now) => {
      const statement = { ...statements.take, values: [realm, key, now] };
      const { rows } = await database.query<{ readonly value: string }>(statement);
      return rows[0] && JSON.parse(rows[0].value);
    },
  };
}
