import type { KeyStore, SigningKey } from '@vestibule/server';
import type { Queryable } from '../database/statement.ts';

interface KeyRow {
  readonly realm: string;
  readonly kid: string;
  readonly algorithm: SigningKey['algorithm'];
  readonly private_jwk: string;
  readonly created_at: number;
}

/**
 * Two who both see the same newest key choose the same next number, which is the primary key: the second one waits for
 * the first and then does nothing.
 */
const INSERT = `
  INSERT INTO signing_keys (realm, generation, kid, algorithm, private_jwk, created_at)
  SELECT $1, coalesce(newest.generation, 0) + 1, $2, $3, $4, $5
  FROM (SELECT 1 AS one) AS always
  LEFT JOIN (
    SELECT generation, kid FROM signing_keys WHERE realm = $1 ORDER BY generation DESC LIMIT 1
  ) AS newest ON true
  WHERE newest.kid IS NOT DISTINCT FROM $6
  ON CONFLICT DO NOTHING`;

const SELECT = `
  SELECT realm, kid, algorithm, private_jwk, created_at FROM signing_keys WHERE realm = $1 ORDER BY generation DESC`;

/** Signing keys on PostgreSQL, numbered in the order in which they succeed each other. */
export function createPostgresKeyStore(database: Queryable): KeyStore {
  return {
    list: async (realm) => {
      const statement = { name: 'keys.list', text: SELECT, values: [realm], reads: true };
      const { rows } = await database.query<KeyRow>(statement);
      return rows.map(toKey);
    },
    insert: async ({ realm, kid, algorithm, privateJwk, createdAt }, after) => {
      const values = [realm, kid, algorithm, JSON.stringify(privateJwk), createdAt, after ?? null];
      const { rowCount } = await database.query({ name: 'keys.insert', text: INSERT, values });
      return rowCount === 1 ? 'inserted' : 'stale';
    },
  };
}

function toKey({
  realm,
  kid,
  algorithm,
  private_jwk: privateJwk,
  created_at: createdAt,
}: KeyRow): SigningKey {
  return { realm, kid, algorithm, privateJwk: JSON.parse(privateJwk), createdAt };
}
