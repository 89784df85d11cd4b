import type { KeyStore, SigningKey } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import type { SqliteDatabase } from './database.ts';

interface KeyRow {
  readonly realm: string;
  readonly kid: string;
  readonly algorithm: SigningKey['algorithm'];
  readonly private_jwk: string;
  readonly created_at: number;
}

export interface KeyWrites {
  readonly insertKey: (key: SigningKey, after: string | undefined) => 'inserted' | 'stale';
}

export function keyWrites(database: Database): KeyWrites {
  const insert = database.prepare<[KeyRow & { readonly after: string | null }]>(`
    INSERT INTO signing_keys (realm, generation, kid, algorithm, private_jwk, created_at)
    SELECT @realm, coalesce(max(generation), 0) + 1, @kid, @algorithm, @private_jwk, @created_at
    FROM signing_keys WHERE realm = @realm
    HAVING (SELECT kid FROM signing_keys WHERE realm = @realm ORDER BY generation DESC LIMIT 1) IS @after`);
  return {
    insertKey: ({ realm, kid, algorithm, privateJwk, createdAt }, after) => {
      const json = JSON.stringify(privateJwk);
      const row = { realm, kid, algorithm, private_jwk: json, created_at: createdAt, after: after ?? null };
      return insert.run(row).changes === 1 ? 'inserted' : 'stale';
    },
  };
}

/** Signing keys on SQLite, numbered in the order in which they succeed each other. */
export function createSqliteKeyStore({ prepare, write }: SqliteDatabase): KeyStore {
  const select = prepare<[string], KeyRow>(
    'SELECT * FROM signing_keys WHERE realm = ? ORDER BY generation DESC',
  );
  return {
    insert: (key, after) => write('insertKey', key, after),
    list: async (realm) => select.all(realm).map(toKey),
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
