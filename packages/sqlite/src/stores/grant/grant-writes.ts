import type { Instant } from '@vestibule/core';
import type { Grant, Opening, OpeningOutcome, Rotation, RotationOutcome } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import { type GrantRow, toGrant, toRow } from './grant-row.ts';
import { END_ALL, END_OF } from './grant-statements.ts';

interface TokenRow {
  readonly grant_id: string;
  readonly expires_at: number;
  readonly used_at: number | null;
  readonly successor_seed: string | null;
  /** Whether its successor is still stored. */
  readonly successor_stored: number;
  /** When its successor was first used. */
  readonly successor_used_at: number | null;
}

export interface GrantWrites {
  readonly insertGrant: (grant: Grant) => 'inserted' | 'exists';
  readonly openGrant: (opening: Opening) => OpeningOutcome;
  readonly rotateToken: (rotation: Rotation) => RotationOutcome;
  readonly endGrant: (realm: string, id: string, at: Instant) => Grant | undefined;
  readonly endGrantsOfPerson: (
    realm: string,
    subject: string,
    clientId: string,
    at: Instant,
  ) => readonly string[];
  readonly endGrantsOf: (realm: string, clientId: string, at: Instant) => number;
}

export function grantWrites(database: Database): GrantWrites {
  const insert = database.prepare<[GrantRow]>(`
    INSERT INTO grants (realm, id, client_id, subject, resource, scopes, created_at, expires_at, ends_at, authentication, proof_key, displayed)
    VALUES (@realm, @id, @client_id, @subject, @resource, @scopes, @created_at, @expires_at, @ends_at, @authentication, @proof_key, @displayed)
    ON CONFLICT DO NOTHING`);
  const markOpened = database.prepare<[number, number, string | null, string, string]>(`
    UPDATE grants SET opened_at = ?, expires_at = ?, proof_key = coalesce(?, proof_key)
    WHERE realm = ? AND id = ? AND opened_at IS NULL AND ended_at IS NULL`);
  const exists = database.prepare<[string, string]>('SELECT 1 FROM grants WHERE realm = ? AND id = ?');
  const prolong = database.prepare<[number, string, string]>(
    'UPDATE grants SET expires_at = ? WHERE realm = ? AND id = ?',
  );
  const insertToken = database.prepare<[string, string, string, number, string | null]>(
    'INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at, family_hash) VALUES (?, ?, ?, ?, ?)',
  );
  const forgetTokens = database.prepare<[string, string, string, string]>(`
    DELETE FROM refresh_tokens
    WHERE realm = ? AND grant_id = ? AND family_hash IS NOT NULL AND used_at IS NOT NULL
      AND hash <> ? AND successor_hash <> ?`);
  const selectFamily = database.prepare<[string, string, number], Pick<TokenRow, 'grant_id'>>(`
    SELECT grant_id FROM refresh_tokens AS token
    JOIN grants ON grants.realm = token.realm AND grants.id = token.grant_id
    WHERE token.realm = ? AND token.family_hash = ? AND grants.ended_at IS NULL AND grants.expires_at > ? LIMIT 1`);
  const selectToken = database.prepare<[string, string, number], TokenRow>(`
    SELECT token.grant_id, token.expires_at, token.used_at, token.successor_seed,
      successor.hash IS NOT NULL AS successor_stored, successor.used_at AS successor_used_at
    FROM refresh_tokens AS token
    JOIN grants ON grants.realm = token.realm AND grants.id = token.grant_id
    LEFT JOIN refresh_tokens AS successor ON successor.realm = token.realm AND successor.hash = token.successor_hash
    WHERE token.realm = ? AND token.hash = ? AND grants.ended_at IS NULL AND grants.expires_at > ?`);
  const markUsed = database.prepare<[number, string, string, string, string]>(
    'UPDATE refresh_tokens SET used_at = ?, successor_hash = ?, successor_seed = ? WHERE realm = ? AND hash = ?',
  );
  const end = database.prepare<[number, string, string], GrantRow>(
    'UPDATE grants SET ended_at = ? WHERE realm = ? AND id = ? AND opened_at IS NOT NULL AND ended_at IS NULL RETURNING *',
  );
  const endOf = database.prepare<[number, string, string, string, number], { readonly id: string }>(END_OF);
  const endAll = database.prepare<[number, string, string]>(END_ALL);

  // Several statements, which are undone together if one of them fails.
  const openGrant = database.transaction(
    ({ realm, id, at, expiresAt, token, proofKey }: Opening): OpeningOutcome => {
      if (markOpened.run(at, expiresAt, proofKey ?? null, realm, id).changes === 0) {
        return exists.get(realm, id) === undefined ? 'missing' : 'already-open';
      }
      if (token !== undefined) insertToken.run(realm, token.hash, id, token.expiresAt, token.family ?? null);
      return 'opened';
    },
  );

  const rotateToken = database.transaction((rotation: Rotation): RotationOutcome => {
    const { realm, presented, successor, now, repeatableSince } = rotation;
    const { hash, family } = presented;
    const token = selectToken.get(realm, hash, now);
    if (token === undefined) {
      const forgotten = family === undefined ? undefined : selectFamily.get(realm, family, now);
      if (forgotten === undefined) return { outcome: 'invalid' };
      end.run(now, realm, forgotten.grant_id);
      return { outcome: 'replayed' };
    }
    if (token.expires_at <= now) return { outcome: 'invalid' };
    if (token.used_at === null) {
      insertToken.run(realm, successor.hash, token.grant_id, successor.expiresAt, successor.family ?? null);
      markUsed.run(now, successor.hash, successor.seed, realm, hash);
      forgetTokens.run(realm, token.grant_id, hash, hash);
      prolong.run(successor.expiresAt, realm, token.grant_id);
      return { outcome: 'rotated' };
    }
    const { successor_seed: seed, successor_stored: isStored, successor_used_at: usedAt } = token;
    const isRepeatable = isStored === 1 && (usedAt === null || usedAt > repeatableSince);
    if (seed !== null && isRepeatable) return { outcome: 'repeated', seed };
    end.run(now, realm, token.grant_id);
    return { outcome: 'replayed' };
  });

  return {
    insertGrant: (grant) => (insert.run(toRow(grant)).changes === 1 ? 'inserted' : 'exists'),
    openGrant,
    rotateToken,
    endGrant: (realm, id, at) => {
      const row = end.get(at, realm, id);
      return row && toGrant(row);
    },
    endGrantsOfPerson: (realm, subject, clientId, at) =>
      endOf.all(at, realm, clientId, subject, at).map(({ id }) => id),
    endGrantsOf: (realm, clientId, at) => endAll.run(at, realm, clientId).changes,
  };
}
