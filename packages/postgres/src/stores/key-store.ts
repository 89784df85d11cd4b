import type { KeyStore, SigningKey } from '@vestibule/server';
import type { Queryable } from '../database/statement.ts';
import { frozenJson } from './json.ts';

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

/** The keys of a realm, and the rows that they were parsed from. */
interface Parsed {
  readonly rows: readonly KeyRow[];
  readonly keys: readonly SigningKey[];
}

/** Signing keys on PostgreSQL, numbered in their order of succession. Rows are parsed only if they have changed. */
export function createPostgresKeyStore(database: Queryable): KeyStore {
  /** Of the realms that have keys. */
  const parsed = new Map<string, Parsed>();

  function parsedOnce(realm: string, rows: readonly KeyRow[]): readonly SigningKey[] {
    const known = parsed.get(realm);
    if (known !== undefined && areSame(known.rows, rows)) return known.keys;
    const keys = Object.freeze(rows.map(toKey));
    if (rows.length === 0) parsed.delete(realm);
    else parsed.set(realm, { rows, keys });
    return keys;
  }

  return {
    list: async (realm) => {
      const statement = { name: 'keys.list', text: SELECT, values: [realm], reads: true };
      const { rows } = await database.query<KeyRow>(statement);
      return parsedOnce(realm, rows);
    },
    insert: async (key, after) => {
      const values = [...Object.values<string | number>({ ...toKeyRow(key) }), after ?? null];
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

/** Whether all columns of all rows are the same. */
const areSame = (known: readonly KeyRow[], rows: readonly KeyRow[]): boolean =>
  known.length === rows.length &&
  known.every((one, i) => {
    const other = rows[i];
    return (
      one.kid === other?.kid &&
      one.private_key === other.private_key &&
      one.public_jwk === other.public_jwk &&
      one.algorithm === other.algorithm &&
      one.created_at === other.created_at &&
      one.signs_from === other.signs_from
    );
  });

/** A key as its row, in the order of {@link COLUMNS}. */
export const toKeyRow = (key: SigningKey): KeyRow => ({
  realm: key.realm,
  kid: key.kid,
  algorithm: key.algorithm,
  public_jwk: JSON.stringify(key.publicJwk),
  private_key: JSON.stringify(key.privateKey),
  created_at: key.createdAt,
  signs_from: key.signsFrom,
});

const toKey = ({ realm, kid, algorithm, ...row }: KeyRow): SigningKey =>
  Object.freeze({
    realm,
    kid,
    algorithm,
    publicJwk: frozenJson(row.public_jwk),
    privateKey: frozenJson(row.private_key),
    createdAt: row.created_at,
    signsFrom: row.signs_from,
  });
