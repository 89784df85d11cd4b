import type { PrivateKey, SigningKey } from '@vestibule/server';
import type { Database } from 'better-sqlite3';

export interface KeyRow {
  readonly realm: string;
  readonly kid: string;
  readonly algorithm: SigningKey['algorithm'];
  readonly public_jwk: string;
  readonly private_key: string;
  readonly created_at: number;
  readonly signs_from: number;
}

export interface KeyWrites {
  readonly insertKey: (key: SigningKey, after: string | undefined) => 'inserted' | 'stale';
  readonly replacePrivateKey: (realm: string, kid: string, privateKey: PrivateKey) => 'replaced' | 'missing';
  readonly removeKey: (realm: string, kid: string) => 'removed' | 'newest' | 'missing';
}

export function keyWrites(database: Database): KeyWrites {
  const insert = database.prepare<[KeyRow & { readonly after: string | null }]>(`
    INSERT INTO signing_keys (realm, generation, kid, algorithm, public_jwk, private_key, created_at, signs_from)
    SELECT @realm, coalesce(max(generation), 0) + 1, @kid, @algorithm, @public_jwk, @private_key, @created_at, @signs_from
    FROM signing_keys WHERE realm = @realm
    HAVING (SELECT kid FROM signing_keys WHERE realm = @realm ORDER BY generation DESC LIMIT 1) IS @after`);
  const replace = database.prepare<[string, string, string]>(
    'UPDATE signing_keys SET private_key = ? WHERE realm = ? AND kid = ?',
  );
  const selectNewest = database.prepare<[string], Pick<KeyRow, 'kid'>>(
    'SELECT kid FROM signing_keys WHERE realm = ? ORDER BY generation DESC LIMIT 1',
  );
  const remove = database.prepare<[string, string]>('DELETE FROM signing_keys WHERE realm = ? AND kid = ?');
  return {
    insertKey: (key, after) =>
      insert.run({ ...toRow(key), after: after ?? null }).changes === 1 ? 'inserted' : 'stale',
    replacePrivateKey: (realm, kid, privateKey) =>
      replace.run(JSON.stringify(privateKey), realm, kid).changes === 1 ? 'replaced' : 'missing',
    removeKey: (realm, kid) => {
      if (selectNewest.get(realm)?.kid === kid) return 'newest';
      return remove.run(realm, kid).changes === 1 ? 'removed' : 'missing';
    },
  };
}

function toRow({ realm, kid, algorithm, publicJwk, privateKey, createdAt, signsFrom }: SigningKey): KeyRow {
  return {
    realm,
    kid,
    algorithm,
    public_jwk: JSON.stringify(publicJwk),
    private_key: JSON.stringify(privateKey),
    created_at: createdAt,
    signs_from: signsFrom,
  };
}
