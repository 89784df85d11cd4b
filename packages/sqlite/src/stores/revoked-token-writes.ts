import type { Instant } from '@vestibule/core';
import type { Database } from 'better-sqlite3';

export interface RevokedTokenWrites {
  readonly addRevokedToken: (realm: string, tokenId: string, expiresAt: Instant) => 'added' | 'known';
}

export function revokedTokenWrites(database: Database): RevokedTokenWrites {
  const insert = database.prepare<[string, string, number]>(
    'INSERT INTO revoked_tokens (realm, id, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  return {
    addRevokedToken: (realm, tokenId, expiresAt) =>
      insert.run(realm, tokenId, expiresAt).changes === 1 ? 'added' : 'known',
  };
}
