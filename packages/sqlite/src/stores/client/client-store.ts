import type { ClientStore } from '@vestibule/core';
import type { SqliteDatabase } from '../../database/database.ts';
import { toPage } from '../page.ts';
import { type ExpiredRow, toExpiredClient } from './expired-row.ts';
import { type ClientRow, type DynamicRow, newestOf, toClient, toDynamicClient } from './client-row.ts';
import { COUNT_AWAKE, DUE, SAME } from './client-statements.ts';

/** Clients on SQLite. */
export function createSqliteClientStore({ prepare, write }: SqliteDatabase): ClientStore {
  const select = prepare<[string, string], ClientRow>('SELECT * FROM clients WHERE realm = ? AND id = ?');
  const selectSame = prepare<[string, string, number], ClientRow>(SAME);
  const selectPage = prepare<[string, string, number], ClientRow>(
    'SELECT * FROM clients WHERE realm = ? AND id > ? ORDER BY id LIMIT ?',
  );
  const countAwake = prepare<[number, string], { readonly count: number }>(COUNT_AWAKE);
  const prepareDue = (sql: string) => prepare<[string, number, number], DynamicRow>(sql);
  const selectDue = {
    unused: prepareDue(DUE.unused),
    dormant: prepareDue(DUE.dormant),
    asleep: prepareDue(DUE.asleep),
  };
  const selectExpired = prepare<[string, string], ExpiredRow>(
    'SELECT * FROM expired_clients WHERE realm = ? AND id = ?',
  );
  const selectExpiredPage = prepare<[string, string, number], ExpiredRow>(
    'SELECT * FROM expired_clients WHERE realm = ? AND id > ? ORDER BY id LIMIT ?',
  );
  return {
    insert: (client, duplicateSince) => write('insertClient', client, duplicateSince),
    find: async (realm, id) => {
      const row = select.get(realm, id);
      return row && toClient(row);
    },
    findDuplicate: async (realm, fingerprint, since) => {
      const row = newestOf(selectSame.all(realm, fingerprint, since));
      return row && toClient(row);
    },
    list: async (realm, { after = '', limit }) =>
      toPage(selectPage.all(realm, after, limit + 1).map(toClient), limit, ({ id }) => id),
    replace: (next, expectedVersion) => write('replaceClient', next, expectedVersion),
    touch: (realm, id, at) => write('touchClient', realm, id, at),
    remove: (realm, id, expectedVersion) => write('removeClient', realm, id, expectedVersion),
    countAwake: async (realm, atMost) => countAwake.get(atMost, realm)?.count ?? 0,
    findDue: async (realm, kind, until, limit) =>
      selectDue[kind].all(realm, until, limit).map(toDynamicClient),
    expire: (expired, expectedVersion) => write('expireClient', expired, expectedVersion),
    findExpired: async (realm, id) => {
      const row = selectExpired.get(realm, id);
      return row && toExpiredClient(row);
    },
    listExpired: async (realm, { after = '', limit }) =>
      toPage(selectExpiredPage.all(realm, after, limit + 1).map(toExpiredClient), limit, ({ id }) => id),
    restore: (client) => write('restoreClient', client),
    forgetExpired: (realm, until, keep, limit) => write('forgetExpiredClients', realm, until, keep, limit),
  };
}
