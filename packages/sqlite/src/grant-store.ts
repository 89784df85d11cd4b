import type { Instant } from '@vestibule/core';
import type { Grant, GrantStore, RefreshTokenRecord, Rotation, RotationOutcome } from '@vestibule/server';
import type { Database } from 'better-sqlite3';

interface GrantRow {
  readonly realm: string;
  readonly id: string;
  readonly client_id: string;
  readonly subject: string;
  readonly resource: string;
  readonly scopes: string;
  readonly created_at: number;
}

interface TokenRow {
  readonly grant_id: string;
  readonly expires_at: number;
  readonly used_at: number | null;
  readonly successor_seed: string | null;
  readonly successor_used: number;
}

/** Grants and their families of refresh tokens, on SQLite. */
export function createSqliteGrantStore(database: Database): GrantStore {
  const insert = database.prepare<[GrantRow]>(`
    INSERT INTO grants (realm, id, client_id, subject, resource, scopes, created_at)
    VALUES (@realm, @id, @client_id, @subject, @resource, @scopes, @created_at) ON CONFLICT DO NOTHING`);
  const markOpened = database.prepare<[number, string, string]>(
    'UPDATE grants SET opened_at = ? WHERE realm = ? AND id = ? AND opened_at IS NULL',
  );
  const insertToken = database.prepare<[string, string, string, number]>(
    'INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at) VALUES (?, ?, ?, ?)',
  );
  const selectGrantOf = database.prepare<[string, string], GrantRow>(`
    SELECT grants.* FROM refresh_tokens JOIN grants ON grants.realm = refresh_tokens.realm AND grants.id = grant_id
    WHERE refresh_tokens.realm = ? AND hash = ? AND ended_at IS NULL`);
  const selectToken = database.prepare<[string, string], TokenRow>(`
    SELECT token.grant_id, token.expires_at, token.used_at, token.successor_seed,
      successor.used_at IS NOT NULL AS successor_used
    FROM refresh_tokens AS token
    JOIN grants ON grants.realm = token.realm AND grants.id = token.grant_id
    LEFT JOIN refresh_tokens AS successor ON successor.realm = token.realm AND successor.hash = token.successor_hash
    WHERE token.realm = ? AND token.hash = ? AND grants.ended_at IS NULL`);
  const markUsed = database.prepare<[number, string, string, string, string]>(
    'UPDATE refresh_tokens SET used_at = ?, successor_hash = ?, successor_seed = ? WHERE realm = ? AND hash = ?',
  );
  const end = database.prepare<[number, string, string], GrantRow>(
    'UPDATE grants SET ended_at = ? WHERE realm = ? AND id = ? AND opened_at IS NOT NULL AND ended_at IS NULL RETURNING *',
  );

  const open = database.transaction(
    (realm: string, id: string, at: Instant, token?: RefreshTokenRecord): 'opened' | 'missing' => {
      if (markOpened.run(at, realm, id).changes === 0) return 'missing';
      if (token !== undefined) insertToken.run(realm, token.hash, id, token.expiresAt);
      return 'opened';
    },
  );

  const rotate = database.transaction((rotation: Rotation): RotationOutcome => {
    const { realm, presented, successor, now, grace } = rotation;
    const token = selectToken.get(realm, presented);
    if (token === undefined || token.expires_at <= now) return { outcome: 'invalid' };
    if (token.used_at === null) {
      insertToken.run(realm, successor.hash, token.grant_id, successor.expiresAt);
      markUsed.run(now, successor.hash, successor.seed, realm, presented);
      return { outcome: 'rotated' };
    }
    if (token.successor_seed !== null && token.successor_used === 0 && now < token.used_at + grace * 1000) {
      return { outcome: 'repeated', seed: token.successor_seed };
    }
    end.run(now, realm, token.grant_id);
    return { outcome: 'replayed' };
  });

  return {
    insert: async (grant) => (insert.run(toRow(grant)).changes === 1 ? 'inserted' : 'exists'),
    open: async (realm, id, at, token) => open.immediate(realm, id, at, token),
    findByRefreshToken: async (realm, hash) => {
      const row = selectGrantOf.get(realm, hash);
      return row && toGrant(row);
    },
    rotate: async (rotation) => rotate.immediate(rotation),
    end: async (realm, id, at) => {
      const row = end.get(at, realm, id);
      return row && toGrant(row);
    },
  };
}

function toRow(grant: Grant): GrantRow {
  const { realm, id, clientId, subject, resource, scopes, createdAt } = grant;
  return {
    realm,
    id,
    client_id: clientId,
    subject,
    resource,
    scopes: JSON.stringify(scopes),
    created_at: createdAt,
  };
}

function toGrant(row: GrantRow): Grant {
  const { realm, id, client_id: clientId, subject, resource, scopes, created_at: createdAt } = row;
  return { realm, id, clientId, subject, resource, scopes: JSON.parse(scopes), createdAt };
}
