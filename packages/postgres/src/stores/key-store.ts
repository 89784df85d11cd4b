import type { KeyStore, SigningKey } from '@vestibule/server';
import type { Queryable } from '../database/statement.ts';

interface KeyRow {
  readonly realm: string;
  readonly kid: string;
  readonly algorithm: SigningKey['algorithm'];
  readonly public_jwk: string;
  readonly private_key: string;
  readonly created_at: number;
  readonly signs_from: number;
}

const COLUMNS = 'realm, kid, algorithm, public_jwk, private_key, created_at, signs_from';

/**
 * Concurrent statements that see the same newest key choose the same next number, which is the primary key: the second one
 * waits for the first and then does nothing.
 */
const INSERT = `
  INSERT INTO signing_keys (generation, ${COLUMNS})
  SELECT coalesce(newest.generation, 0) + 1, $1, $2, $3, $4, $5, $6, $7
  FROM (SELECT 1 AS one) AS always
  LEFT JOIN (
    SELECT generation, kid FROM signing_keys WHERE realm = $1 ORDER BY generation DESC LIMIT 1
  ) AS newest ON true
  WHERE newest.kid IS NOT DISTINCT FROM $8
  ON CONFLICT DO NOTHING`;

const SELECT = `SELECT ${COLUMNS} FROM signing_keys WHERE realm = $1 ORDER BY generation DESC`;

const REPLACE_PRIVATE_KEY = 'UPDATE signing_keys SET private_key = $3 WHERE realm = $1 AND kid = $2';

/**
 * For this statement the newest key stays the newest, so it is not deleted; of concurrent statements that delete another
 * key, the later ones wait and find it deleted.
 */
const REMOVE = `
  WITH newest AS MATERIALIZED (
    SELECT kid FROM signing_keys WHERE realm = $1 ORDER BY generation DESC LIMIT 1
  ), removed AS (
    DELETE FROM signing_keys WHERE realm = $1 AND kid = $2 AND kid <> (SELECT kid FROM newest) RETURNING kid
  )
  SELECT 'removed' AS outcome FROM removed UNION ALL SELECT 'newest' FROM newest WHERE kid = $2`;

/** Signing keys on PostgreSQL, numbered in their order of succession. */
export function createPostgresKeyStore(database: Queryable): KeyStore {
  return {
    list: async (realm) => {
      const statement = { name: 'keys.list', text: SELECT, values: [realm], reads: true };
      const { rows } = await database.query<KeyRow>(statement);
      return rows.map(toKey);
    },
    insert: async (key, after) => {
      const values = [...toValues(key), after ?? null];
      const { rowCount } = await database.query({ name: 'keys.insert', text: INSERT, values });
      return rowCount === 1 ? 'inserted' : 'stale';
    },
    replacePrivateKey: async (realm, kid, privateKey) => {
      const values = [realm, kid, JSON.stringify(privateKey)];
      const statement = { name: 'keys.replace-private-key', text: REPLACE_PRIVATE_KEY, values };
      return (await database.query(statement)).rowCount === 1 ? 'replaced' : 'missing';
    },
    remove: async (realm, kid) => {
      const { rows } = await database.query<{ readonly outcome: 'removed' | 'newest' }>({
        name: 'keys.remove',
        text: REMOVE,
        values: [realm, kid],
      });
      return rows[0]?.outcome ?? 'missing';
    },
  };
}

/** In the order of {@link COLUMNS}. */
const toValues = (key: SigningKey): readonly (string | number)[] => [
  key.realm,
  key.kid,
  key.algorithm,
  JSON.stringify(key.publicJwk),
  JSON.stringify(key.privateKey),
  key.createdAt,
  key.signsFrom,
];

const toKey = ({ realm, kid, algorithm, ...row }: KeyRow): SigningKey => ({
  realm,
  kid,
  algorithm,
  publicJwk: JSON.parse(row.public_jwk),
  privateKey: JSON.parse(row.private_key),
  createdAt: row.created_at,
  signsFrom: row.signs_from,
});
