import type { Instant } from '@vestibule/core';
import type { InitialAccessToken } from '@vestibule/core/registration';
import type { Database } from 'better-sqlite3';
import { jsonOrNull } from './json.ts';

export interface TokenRow {
  readonly realm: string;
  readonly id: string;
  readonly hash: string;
  readonly note: string | null;
  readonly created_at: number;
  readonly expires_at: number;
  readonly max_uses: number;
  readonly uses: number;
  readonly redirect_hosts: string | null;
  readonly scopes: string | null;
  readonly resources: string | null;
  readonly revoked_at: number | null;
}

export interface InitialAccessTokenWrites {
  readonly insertInitialAccessToken: (token: InitialAccessToken) => 'inserted' | 'exists';
  readonly useInitialAccessToken: (realm: string, hash: string, now: Instant) => 'counted' | 'refused';
  readonly releaseInitialAccessToken: (realm: string, hash: string) => void;
  readonly revokeInitialAccessToken: (realm: string, id: string, at: Instant) => 'revoked' | 'missing';
}

export function initialAccessTokenWrites(database: Database): InitialAccessTokenWrites {
  const insert = database.prepare<[TokenRow]>(`
    INSERT INTO initial_access_tokens (realm, id, hash, note, created_at, expires_at, max_uses, uses, redirect_hosts, scopes, resources, revoked_at)
    VALUES (@realm, @id, @hash, @note, @created_at, @expires_at, @max_uses, @uses, @redirect_hosts, @scopes, @resources, @revoked_at)
    ON CONFLICT DO NOTHING`);
  const use = database.prepare<[string, string, number]>(`
    UPDATE initial_access_tokens SET uses = uses + 1
    WHERE realm = ? AND hash = ? AND revoked_at IS NULL AND expires_at > ? AND uses < max_uses`);
  const release = database.prepare<[string, string]>(
    'UPDATE initial_access_tokens SET uses = uses - 1 WHERE realm = ? AND hash = ? AND uses > 0',
  );
  const revoke = database.prepare<[number, string, string]>(
    'UPDATE initial_access_tokens SET revoked_at = coalesce(revoked_at, ?) WHERE realm = ? AND id = ?',
  );
  return {
    insertInitialAccessToken: (token) => (insert.run(toRow(token)).changes === 1 ? 'inserted' : 'exists'),
    useInitialAccessToken: (realm, hash, now) =>
      use.run(realm, hash, now).changes === 1 ? 'counted' : 'refused',
    releaseInitialAccessToken: (realm, hash) => void release.run(realm, hash),
    revokeInitialAccessToken: (realm, id, at) =>
      revoke.run(at, realm, id).changes === 1 ? 'revoked' : 'missing',
  };
}

function toRow({ realm, id, hash, maxUses, uses, ...token }: InitialAccessToken): TokenRow {
  return {
    realm,
    id,
    hash,
    note: token.note ?? null,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
    max_uses: maxUses,
    uses,
    redirect_hosts: jsonOrNull(token.redirectHosts),
    scopes: jsonOrNull(token.scopes),
    resources: jsonOrNull(token.resources),
    revoked_at: token.revokedAt ?? null,
  };
}
