import {
  type ClientRow,
  type ClientStore,
  type ExpiredClientRow,
  fromClientRow,
  fromDocumentRows,
  fromDynamicRows,
  fromExpiredClientRow,
} from '@vestibule/core';
import type { SqliteDatabase } from '../../database/database.ts';
import { toPage } from '../page.ts';
import { COUNT_AWAKE, COUNT_DOCUMENTS, DOCUMENTS_DUE, DUE, newestOf, SAME } from './client-statements.ts';

/** Clients on SQLite. */
export function createSqliteClientStore({ prepare, write }: SqliteDatabase): ClientStore {
  const select = prepare<[string, string], ClientRow>('SELECT * FROM clients WHERE realm = ? AND id = ?');
  const selectSame = prepare<[string, string, number], ClientRow>(SAME);
  const selectPage = prepare<[string, string, number], ClientRow>(
    'SELECT * FROM clients WHERE realm = ? AND id > ? ORDER BY id LIMIT ?',
  );
  const countAwake = prepare<[number, string], { readonly count: number }>(COUNT_AWAKE);
  const countDocuments = prepare<[string, number], { readonly count: number }>(COUNT_DOCUMENTS);
  const prepareDue = (sql: string) => prepare<[string, number, number], ClientRow>(sql);
  const selectDue = {
    unused: prepareDue(DUE.unused),
    dormant: prepareDue(DUE.dormant),
    asleep: prepareDue(DUE.asleep),
  };
  const selectDocumentsDue = prepare<[string, number, number, number, number], ClientRow>(DOCUMENTS_DUE);
  const selectExpired = prepare<[string, string], ExpiredClientRow>(
    'SELECT * FROM expired_clients WHERE realm = ? AND id = ?',
  );
  const selectExpiredPage = prepare<[string, string, number], ExpiredClientRow>(
    'SELECT * FROM expired_clients WHERE realm = ? AND id > ? ORDER BY id LIMIT ?',
  );
  return {
    insert: (client, duplicateSince) => write('insertClient', client, duplicateSince),
    find: async (realm, id) => {
      const row = select.get(realm, id);
      return row && fromClientRow(row);
    },
    findDuplicate: async (realm, fingerprint, since) => {
      const row = newestOf(selectSame.all(realm, fingerprint, since));
      return row && fromClientRow(row);
    },
    list: async (realm, { after = '', limit }) =>
      toPage(selectPage.all(realm, after, limit + 1).map(fromClientRow), limit, ({ id }) => id),
    replace: (next, expectedVersion) => write('replaceClient', next, expectedVersion),
    touch: (realm, id, at) => write('touchClient', realm, id, at),
    remove: (realm, id, expectedVersion) => write('removeClient', realm, id, expectedVersion),
    countAwake: async (realm, atMost) => countAwake.get(atMost, realm)?.count ?? 0,
    countDocuments: async (realm, atMost) => countDocuments.get(realm, atMost)?.count ?? 0,
    findDue: async (realm, kind, until, limit) => fromDynamicRows(selectDue[kind].all(realm, until, limit)),
    findDocumentsDue: async (realm, { unused, used }, limit) =>
      fromDocumentRows(selectDocumentsDue.all(realm, Math.max(unused, used), unused, used, limit)),
    expire: (expired, expectedVersion) => write('expireClient', expired, expectedVersion),
    findExpired: async (realm, id) => {
      const row = selectExpired.get(realm, id);
      return row && fromExpiredClientRow(row);
    },
    listExpired: async (realm, { after = '', limit }) =>
      toPage(selectExpiredPage.all(realm, after, limit + 1).map(fromExpiredClientRow), limit, ({ id }) => id),
    restore: (client) => write('restoreClient', client),
    forgetExpired: (realm, until, keep, limit) => write('forgetExpiredClients', realm, until, keep, limit),
  };
}
