import type { Client, ClientInsertion, DynamicClient, ExpiredClient, Instant } from '@vestibule/core';
import type { Database } from 'better-sqlite3';
import { type ExpiredRow, toExpiredRow } from './expired-row.ts';
import { type ClientRow, newestOf, toClient, toRow } from './client-row.ts';
import { COUNT_AWAKE, FORGET_EXPIRED, INSERT, KEEP_EXPIRED, SAME, REPLACE } from './client-statements.ts';

export interface ClientWrites {
  readonly insertClient: (client: Client, duplicateSince: Instant | undefined) => ClientInsertion;
  readonly replaceClient: (next: Client, expectedVersion: number) => 'replaced' | 'stale' | 'missing';
  readonly touchClient: (realm: string, id: string, at: Instant) => 'touched' | 'missing';
  readonly removeClient: (
    realm: string,
    id: string,
    expectedVersion: number | undefined,
  ) => 'removed' | 'stale' | 'missing';
  readonly expireClient: (expired: ExpiredClient, expectedVersion: number) => 'expired' | 'stale' | 'missing';
  readonly restoreClient: (client: DynamicClient) => 'restored' | 'missing';
  readonly hasClient: (realm: string, id: string) => boolean;
  /** The number of active dynamic clients. */
  readonly countActive: (realm: string) => number;
  readonly forgetExpiredClients: (realm: string, until: Instant, keep: number, limit: number) => number;
}

export function clientWrites(database: Database): ClientWrites {
  const insert = database.prepare<[ClientRow]>(INSERT);
  const update = database.prepare<[ClientRow]>(REPLACE);
  const select = database.prepare<[string, string]>('SELECT 1 FROM clients WHERE realm = ? AND id = ?');
  const selectSame = database.prepare<[string, string, number], ClientRow>(SAME);
  const touch = database.prepare<[number, string, string]>(
    'UPDATE clients SET version = version + 1, last_used_at = ?, hibernated_at = NULL WHERE realm = ? AND id = ?',
  );
  const remove = database.prepare<[string, string, number | null]>(
    'DELETE FROM clients WHERE realm = ? AND id = ? AND version = coalesce(?, version)',
  );
  const keepExpired = database.prepare<[ExpiredRow]>(KEEP_EXPIRED);
  const removeExpired = database.prepare<[string, string]>(
    'DELETE FROM expired_clients WHERE realm = ? AND id = ?',
  );
  const forgetExpired =
    database.prepare<[{ realm: string; until: Instant; keep: number; limit: number }]>(FORGET_EXPIRED);
  const countActive = database.prepare<[number, string], { readonly count: number }>(COUNT_AWAKE);
  const exists = (realm: string, id: string): boolean => select.get(realm, id) !== undefined;
  // Each consists of several statements, which are undone together if one of them fails.
  const removeBoth = database.transaction(
    (realm: string, id: string, expectedVersion: number | null): boolean => {
      const isKept = expectedVersion === null && removeExpired.run(realm, id).changes === 1;
      return remove.run(realm, id, expectedVersion).changes === 1 || isKept;
    },
  );
  const expire = database.transaction((expired: ExpiredClient, expectedVersion: number): boolean => {
    if (remove.run(expired.realm, expired.id, expectedVersion).changes === 0) return false;
    keepExpired.run(toExpiredRow(expired));
    return true;
  });
  const restore = database.transaction((client: DynamicClient): boolean => {
    const { realm, id } = client;
    if (exists(realm, id) || removeExpired.run(realm, id).changes === 0) return false;
    insert.run(toRow(client, 1));
    return true;
  });

  return {
    insertClient: (client, duplicateSince) => {
      const row = toRow(client, 1);
      const { realm, id, fingerprint } = row;
      if (exists(realm, id)) return { outcome: 'exists' };
      if (duplicateSince !== undefined && fingerprint !== null) {
        const same = newestOf(selectSame.all(realm, fingerprint, duplicateSince));
        if (same !== undefined) return { outcome: 'coalesced', client: toClient(same) };
      }
      insert.run(row);
      return { outcome: 'inserted' };
    },
    replaceClient: (next, expectedVersion) => {
      if (update.run(toRow(next, expectedVersion)).changes === 1) return 'replaced';
      return exists(next.realm, next.id) ? 'stale' : 'missing';
    },
    touchClient: (realm, id, at) => (touch.run(at, realm, id).changes === 1 ? 'touched' : 'missing'),
    removeClient: (realm, id, expectedVersion) => {
      if (removeBoth(realm, id, expectedVersion ?? null)) return 'removed';
      return exists(realm, id) ? 'stale' : 'missing';
    },
    expireClient: (expired, expectedVersion) => {
      if (expire(expired, expectedVersion)) return 'expired';
      return exists(expired.realm, expired.id) ? 'stale' : 'missing';
    },
    hasClient: exists,
    countActive: (realm) => countActive.get(Number.MAX_SAFE_INTEGER, realm)?.count ?? 0,
    restoreClient: (client) => (restore(client) ? 'restored' : 'missing'),
    forgetExpiredClients: (realm, until, keep, limit) =>
      forgetExpired.run({ realm, until, keep, limit }).changes,
  };
}
