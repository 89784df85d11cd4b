import type { KeyStore, SigningKey } from '@vestibule/server';
import type { SqliteDatabase } from '../database/database.ts';
import type { KeyRow } from './key-writes.ts';

/** Signing keys on SQLite, numbered in their order of succession. */
export function createSqliteKeyStore({ prepare, write }: SqliteDatabase): KeyStore {
  const select = prepare<[string], KeyRow>(
    'SELECT * FROM signing_keys WHERE realm = ? ORDER BY generation DESC',
  );
  return {
    list: async (realm) => select.all(realm).map(toKey),
    insert: (key, after) => write('insertKey', key, after),
    replacePrivateKey: (realm, kid, privateKey) => write('replacePrivateKey', realm, kid, privateKey),
    remove: (realm, kid) => write('removeKey', realm, kid),
  };
}

function toKey({ realm, kid, algorithm, ...row }: KeyRow): SigningKey {
  return {
    realm,
    kid,
    algorithm,
    publicJwk: JSON.parse(row.public_jwk),
    privateKey: JSON.parse(row.private_key),
    createdAt: row.created_at,
    signsFrom: row.signs_from,
  };
}
