import type { Instant } from '@vestibule/core';
import type { Grant, Opening, OpeningOutcome, Rotation, RotationOutcome } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import { bindingColumn, COLUMNS, type GrantRow, toGrant, toRow } from './grant-row.ts';
import { END_ALL, END_OF } from './grant-statements.ts';
import { tokenRotation } from './rotate-token.ts';

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

interface OpeningParameters extends Pick<GrantRow, 'realm' | 'id' | 'expires_at' | 'proof_key'> {
  readonly opened_at: number;
  readonly family_hash: string | null;
  readonly token_hash: string | null;
  readonly token_expires_at: number | null;
}

export function grantWrites(database: Database): GrantWrites {
  const insert = database.prepare<[GrantRow]>(`
    INSERT INTO grants (${COLUMNS}, sweep_at)
    VALUES (@realm, @id, @client_id, @subject, @resource, @scopes, @created_at, @expires_at, @ends_at, @authentication, @proof_key, @displayed, @expires_at)
    ON CONFLICT DO NOTHING`);
  const markOpened = database.prepare<[OpeningParameters]>(`
    UPDATE grants SET opened_at = @opened_at, expires_at = @expires_at, proof_key = coalesce(@proof_key, proof_key),
      family_hash = @family_hash, token_hash = @token_hash, token_expires_at = @token_expires_at
    WHERE realm = @realm AND id = @id AND opened_at IS NULL AND ended_at IS NULL`);
  const exists = database.prepare<[string, string]>('SELECT 1 FROM grants WHERE realm = ? AND id = ?');
  const insertToken = database.prepare<[string, string, string, number]>(
    'INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at) VALUES (?, ?, ?, ?)',
  );
  const end = database.prepare<[number, string, string], GrantRow>(
    `UPDATE grants SET ended_at = ? WHERE realm = ? AND id = ? AND opened_at IS NOT NULL AND ended_at IS NULL RETURNING ${COLUMNS}`,
  );
  const endOf = database.prepare<[number, string, string, string, number], { readonly id: string }>(END_OF);
  const endAll = database.prepare<[number, string, string]>(END_ALL);

  /** Opens a grant, with its first token if that has a family secret. */
  function open({ realm, id, at, expiresAt, token, ...binding }: Opening): OpeningOutcome {
    const { hash, family = null, expiresAt: tokenExpiresAt } = token ?? {};
    const opened = markOpened.run({
      realm,
      id,
      opened_at: at,
      expires_at: expiresAt,
      proof_key: bindingColumn(binding),
      family_hash: family,
      token_hash: family === null ? null : (hash ?? null),
      token_expires_at: family === null ? null : (tokenExpiresAt ?? null),
    });
    if (opened.changes === 1) return 'opened';
    return exists.get(realm, id) === undefined ? 'missing' : 'already-open';
  }

  // Several statements, which are undone together if one of them fails.
  const openWithoutFamily = database.transaction((opening: Opening): OpeningOutcome => {
    const { realm, id, token } = opening;
    const outcome = open(opening);
    if (outcome === 'opened' && token !== undefined) insertToken.run(realm, token.hash, id, token.expiresAt);
    return outcome;
  });

  return {
    insertGrant: (grant) => (insert.run(toRow(grant)).changes === 1 ? 'inserted' : 'exists'),
    openGrant: (opening) => {
      const { token } = opening;
      return token !== undefined && token.family === undefined ? openWithoutFamily(opening) : open(opening);
    },
    rotateToken: tokenRotation(database),
    endGrant: (realm, id, at) => {
      const row = end.get(at, realm, id);
      return row && toGrant(row);
    },
    endGrantsOfPerson: (realm, subject, clientId, at) =>
      endOf.all(at, realm, clientId, subject, at).map(({ id }) => id),
    endGrantsOf: (realm, clientId, at) => endAll.run(at, realm, clientId).changes,
  };
}
