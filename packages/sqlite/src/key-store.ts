import type { KeyStore, SigningKey } from '@vestibule/server';
import type { Database } from 'better-sqlite3';

interface KeyRow {
  readonly realm: string;
  readonly kid: string;
  readonly algorithm: SigningKey['algorithm'];
  readonly private_jwk: string;
  readonly created_at: number;
}

/** Signing keys on SQLite. */
export function createSqliteKeyStore(database: Database): KeyStore {
  const insertFirst = database.prepare<[KeyRow]>(`
    INSERT INTO signing_keys (realm, kid, algorithm, private_jwk, created_at)
    SELECT @realm, @kid, @algorithm, @private_jwk, @created_at
    WHERE NOT EXISTS (SELECT 1 FROM signing_keys WHERE realm = @realm)`);
  const select = database.prepare<[string], KeyRow>(
    'SELECT * FROM signing_keys WHERE realm = ? ORDER BY created_at DESC, kid',
  );
  return {
    list: async (realm) => select.all(realm).map(toKey),
    insertFirst: async ({ realm, kid, algorithm, privateJwk, createdAt }) => {
      const row = { realm, kid, algorithm, private_jwk: JSON.stringify(privateJwk), created_at: createdAt };
      return insertFirst.run(row).changes === 1 ? 'inserted' : 'exists';
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
