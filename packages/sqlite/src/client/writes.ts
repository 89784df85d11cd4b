import type { ClientInsertion, Instant, StoredClient } from '@vestibule/core';
import type { Database } from 'better-sqlite3';
import { type ClientRow, toClient, toRow } from './row.ts';
import { INSERT, NEWEST_SAME, REPLACE } from './statements.ts';

export interface ClientWrites {
  readonly insertClient: (client: StoredClient, sameSince: Instant | undefined) => ClientInsertion;
  readonly replaceClient: (next: StoredClient, expectedVersion: number) => 'replaced' | 'stale' | 'missing';
  readonly touchClient: (realm: string, id: string, at: Instant) => 'touched' | 'missing';
  readonly removeClient: (
    realm: string,
    id: string,
    expectedVersion: number | undefined,
  ) => 'removed' | 'stale' | 'missing';
}

export function clientWrites(database: Database): ClientWrites {
  const insert = database.prepare<[ClientRow]>(INSERT);
  const update = database.prepare<[ClientRow]>(REPLACE);
  const select = database.prepare<[string, string]>('SELECT 1 FROM clients WHERE realm = ? AND id = ?');
  const newestSame = database.prepare<[string, string, number], ClientRow>(NEWEST_SAME);
  const touch = database.prepare<[number, string, string]>(
    'UPDATE clients SET version = version + 1, last_used_at = ?, hibernated_at = NULL WHERE realm = ? AND id = ?',
  );
  const remove = database.prepare<[string, string, number | null]>(
    'DELETE FROM clients WHERE realm = ? AND id = ? AND version = coalesce(?, version)',
  );
  const exists = (realm: string, id: string): boolean => select.get(realm, id) !== undefined;

  return {
    insertClient: (client, sameSince) => {
      const { realm, id, fingerprint } = client;
      if (exists(realm, id)) return { outcome: 'exists' };
      if (sameSince !== undefined && fingerprint !== undefined) {
        const same = newestSame.get(realm, fingerprint, sameSince);
        if (same !== undefined) return { outcome: 'coalesced', client: toClient(same) };
      }
      insert.run(toRow(client, 1));
      return { outcome: 'inserted' };
    },
    replaceClient: (next, expectedVersion) => {
      if (update.run(toRow(next, expectedVersion)).changes === 1) return 'replaced';
      return exists(next.realm, next.id) ? 'stale' : 'missing';
    },
    touchClient: (realm, id, at) => (touch.run(at, realm, id).changes === 1 ? 'touched' : 'missing'),
    removeClient: (realm, id, expectedVersion) => {
      if (remove.run(realm, id, expectedVersion ?? null).changes === 1) return 'removed';
      return exists(realm, id) ? 'stale' : 'missing';
    },
  };
}
