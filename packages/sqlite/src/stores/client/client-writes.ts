import {
  type Client,
  type ClientInsertion,
  type ClientRow,
  type DynamicClient,
  type ExpiredClient,
  type ExpiredClientRow,
  fromClientRow,
  type Instant,
  toClientRow,
  toExpiredClientRow,
} from '@vestibule/core';
import type { Database } from 'better-sqlite3';
import {
  changedValuesOf,
  COUNT_AWAKE,
  FORGET_EXPIRED,
  HAS_ROOM,
  INSERT,
  KEEP_EXPIRED,
  newestOf,
  REPLACE,
  SAME,
  valuesOf,
} from './client-statements.ts';
import type { SqliteValue } from '../../database/statement.ts';

export interface ClientWrites {
  readonly insertClient: (client: Client, duplicateSince: Instant | undefined) => ClientInsertion;
  /** Does the same, unless the realm would have more than `mostActive` active dynamic clients. */
  readonly insertClientIfRoom: (
    client: Client,
    duplicateSince: Instant | undefined,
    mostActive: number,
  ) => ClientInsertion | { readonly outcome: 'full' };
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
  const insert = database.prepare<SqliteValue[]>(INSERT);
  const hasRoom = database.prepare<[string, string | null, number, string, number]>(HAS_ROOM);
  const update = database.prepare<SqliteValue[]>(REPLACE);
  const select = database.prepare<[string, string]>('SELECT 1 FROM clients WHERE realm = ? AND id = ?');
  const selectSame = database.prepare<[string, string, number], ClientRow>(SAME);
  const touch = database.prepare<[number, string, string]>(
    'UPDATE clients SET version = version + 1, last_used_at = ?, hibernated_at = NULL WHERE realm = ? AND id = ?',
  );
  const remove = database.prepare<[string, string, number | null]>(
    'DELETE FROM clients WHERE realm = ? AND id = ? AND version = coalesce(?, version)',
  );
  const keepExpired = database.prepare<[ExpiredClientRow]>(KEEP_EXPIRED);
  const removeExpired = database.prepare<[string, string]>(
    'DELETE FROM expired_clients WHERE realm = ? AND id = ?',
  );
  const forgetExpired =
    database.prepare<[{ realm: string; until: Instant; keep: number; limit: number }]>(FORGET_EXPIRED);
  const countActive = database.prepare<[number, string], { readonly count: number }>(COUNT_AWAKE);
  /** Returns whether nothing stood in the way. */
  function insertRow(row: ClientRow, duplicateSince: Instant = LARGEST, mostActive = LARGEST): boolean {
    const others = Math.min(mostActive, LARGEST) - (isActive(row) ? 1 : 0);
    const { realm, fingerprint } = row;
    if (hasRoom.get(realm, fingerprint, duplicateSince, realm, others) === undefined) return false;
    return insert.run(...valuesOf(row)).changes === 1;
  }
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
    keepExpired.run(toExpiredClientRow(expired));
    return true;
  });
  const restore = database.transaction((client: DynamicClient): boolean => {
    const { realm, id } = client;
    if (exists(realm, id) || removeExpired.run(realm, id).changes === 0) return false;
    return insertRow(newRow(client));
  });

  /** The client of which a row that was not inserted is a duplicate, unless its id is taken. */
  function duplicateOf(row: ClientRow, since: Instant | undefined): ClientInsertion | undefined {
    const { realm, id, fingerprint } = row;
    if (since === undefined || fingerprint === null || exists(realm, id)) return undefined;
    const same = newestOf(selectSame.all(realm, fingerprint, since));
    return same && { outcome: 'coalesced', client: fromClientRow(same) };
  }

  return {
    insertClient: (client, duplicateSince) => {
      const row = newRow(client);
      if (insertRow(row, duplicateSince)) return INSERTED;
      return duplicateOf(row, duplicateSince) ?? { outcome: 'exists' };
    },
    insertClientIfRoom: (client, duplicateSince, mostActive) => {
      const row = newRow(client);
      if (insertRow(row, duplicateSince, mostActive)) return INSERTED;
      const isKnown = exists(row.realm, row.id);
      return duplicateOf(row, duplicateSince) ?? { outcome: isKnown ? 'exists' : 'full' };
    },
    replaceClient: (next, expectedVersion) => {
      const row = toClientRow({ ...next, version: expectedVersion });
      if (update.run(...changedValuesOf(row)).changes === 1) return 'replaced';
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
    countActive: (realm) => countActive.get(LARGEST, realm)?.count ?? 0,
    restoreClient: (client) => (restore(client) ? 'restored' : 'missing'),
    forgetExpiredClients: (realm, until, keep, limit) =>
      forgetExpired.run({ realm, until, keep, limit }).changes,
  };
}

const LARGEST = Number.MAX_SAFE_INTEGER;

const INSERTED = { outcome: 'inserted' } as const;

const newRow = (client: Client): ClientRow => toClientRow({ ...client, version: 1 });

const isActive = ({ kind, hibernated_at, blocked_at }: ClientRow): boolean =>
  kind === 'dynamic' && hibernated_at === null && blocked_at === null;
