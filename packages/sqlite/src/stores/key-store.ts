import type { KeyStore, SigningKey } from '@vestibule/server';
import type { SqliteDatabase } from '../database/database.ts';
import type { KeyRow } from './key-writes.ts';
import { frozenJson } from './json.ts';

type NumberedRow = KeyRow & { readonly generation: number };

/** The keys of a realm, and the rows that they were parsed from. */
interface Parsed {
  readonly rows: readonly NumberedRow[];
  readonly keys: readonly SigningKey[];
}

/** Signing keys on SQLite, numbered in their order of succession. Rows are parsed only if they have changed. */
export function createSqliteKeyStore({ prepare, write }: SqliteDatabase): KeyStore {
  // Without ORDER BY, with which SQLite prepares the statement again at each request: that takes longer than reading the rows.
  const select = prepare<[string], NumberedRow>('SELECT * FROM signing_keys WHERE realm = ?');
  /** Of the realms that have keys. */
  const parsed = new Map<string, Parsed>();

  function parsedOnce(realm: string, rows: readonly NumberedRow[]): readonly SigningKey[] {
    const known = parsed.get(realm);
    if (known !== undefined && areSame(known.rows, rows)) return known.keys;
    const keys = Object.freeze(rows.toSorted((a, b) => b.generation - a.generation).map(toKey));
    if (rows.length === 0) parsed.delete(realm);
    else parsed.set(realm, { rows, keys });
    return keys;
  }

  return {
    list: async (realm) => parsedOnce(realm, select.all(realm)),
    insert: (key, after) => write('insertKey', key, after),
    replacePrivateKey: (realm, kid, privateKey) => write('replacePrivateKey', realm, kid, privateKey),
    remove: (realm, kid) => write('removeKey', realm, kid),
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

function toKey({ realm, kid, algorithm, ...row }: KeyRow): SigningKey {
  return Object.freeze({
    realm,
    kid,
    algorithm,
    publicJwk: frozenJson(row.public_jwk),
    privateKey: frozenJson(row.private_key),
    createdAt: row.created_at,
    signsFrom: row.signs_from,
  });
}
