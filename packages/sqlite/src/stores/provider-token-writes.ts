import type { Database } from 'better-sqlite3';
import type { StoredProviderTokens } from '@vestibule/server';

export interface ProviderTokenWrites {
  readonly putProviderTokens: (tokens: StoredProviderTokens) => 'stored' | 'conflict';
  readonly removeProviderTokens: (realm: string, grantId: string, version: number) => void;
}

export function providerTokenWrites(database: Database): ProviderTokenWrites {
  const insert = database.prepare<[StoredProviderTokens]>(`
    INSERT INTO provider_tokens (realm, grant_id, version, sealed, expires_at)
    VALUES (@realm, @grantId, @version, @sealed, @expiresAt) ON CONFLICT DO NOTHING`);
  const replace = database.prepare<[StoredProviderTokens]>(`
    UPDATE provider_tokens SET version = @version, sealed = @sealed, expires_at = @expiresAt
    WHERE realm = @realm AND grant_id = @grantId AND version = @version - 1`);
  const remove = database.prepare<[string, string, number]>(
    'DELETE FROM provider_tokens WHERE realm = ? AND grant_id = ? AND version = ?',
  );
  return {
    putProviderTokens: (tokens) =>
      (tokens.version === 1 ? insert : replace).run(tokens).changes === 1 ? 'stored' : 'conflict',
    removeProviderTokens: (realm, grantId, version) => void remove.run(realm, grantId, version),
  };
}
