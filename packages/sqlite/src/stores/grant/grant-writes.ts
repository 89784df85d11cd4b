import type { Instant } from '@vestibule/core';
import type { Grant, Opening, OpeningOutcome, Rotation, RotationOutcome } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import { type GrantRow, type TokenRow, toGrant, toRow } from './grant-row.ts';
import {
  END_ALL,
  END_OF,
  FORGET_TOKENS,
  SELECT_FAMILY,
  SELECT_LIVING,
  SELECT_TOKEN,
} from './grant-statements.ts';

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
  const forgetTokens = database.prepare<[string, string, string, string]>(FORGET_TOKENS);
  const selectFamily = database.prepare<[string, string], Pick<TokenRow, 'grant_id'>>(SELECT_FAMILY);
  const selectToken = database.prepare<[string, string], TokenRow>(SELECT_TOKEN);
  const selectLiving = database.prepare<[string, string], GrantRow>(SELECT_LIVING);
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

  /** Whether a grant has neither ended nor expired. */
  const isLiving = (realm: string, id: string, now: Instant): boolean => {
    const grant = selectLiving.get(realm, id);
    return grant !== undefined && grant.expires_at > now;
  };

  /** Whether a used token still returns its successor. */
  const isRepeatable = (realm: string, { successor_hash: hash }: TokenRow, since: Instant): boolean => {
    const successor = hash === null ? undefined : selectToken.get(realm, hash);
    return successor !== undefined && (successor.used_at === null || successor.used_at > since);
  };

  const rotateToken = database.transaction((rotation: Rotation): RotationOutcome => {
    const { realm, presented, successor, now, repeatableSince } = rotation;
    const { hash, family } = presented;
    const token = selectToken.get(realm, hash);
    if (token === undefined) {
      const forgotten = family === undefined ? undefined : selectFamily.get(realm, family);
      if (forgotten === undefined || !isLiving(realm, forgotten.grant_id, now)) return { outcome: 'invalid' };
      end.run(now, realm, forgotten.grant_id);
      return { outcome: 'replayed' };
    }
    const { grant_id: grantId, successor_seed: seed } = token;
    if (token.expires_at <= now || !isLiving(realm, grantId, now)) return { outcome: 'invalid' };
    if (token.used_at === null) {
      insertToken.run(realm, successor.hash, grantId, successor.expiresAt, successor.family ?? null);
      markUsed.run(now, successor.hash, successor.seed, realm, hash);
      forgetTokens.run(realm, grantId, hash, hash);
      prolong.run(successor.expiresAt, realm, grantId);
      return { outcome: 'rotated' };
    }
    if (seed !== null && isRepeatable(realm, token, repeatableSince)) return { outcome: 'repeated', seed };
    end.run(now, realm, grantId);
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
