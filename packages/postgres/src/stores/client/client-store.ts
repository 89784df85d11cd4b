import {
  type ClientRow,
  type ClientStore,
  type ExpiredClientRow,
  fromClientRow,
  fromDocumentRows,
  fromDynamicRows,
  fromExpiredClientRow,
} from '@vestibule/core';
import type { Queryable, Value } from '../../database/statement.ts';
import { toPage } from '../page.ts';
import {
  COUNT_AWAKE,
  COUNT_DOCUMENTS,
  DOCUMENTS_DUE,
  DUE,
  SAME,
  SELECT,
  SELECT_EXPIRED,
  SELECT_EXPIRED_PAGE,
  SELECT_PAGE,
} from './client-statements.ts';
import {
  expireClient,
  forgetExpiredClients,
  insertClient,
  removeClient,
  replaceClient,
  restoreClient,
  touchClient,
} from './client-writes.ts';

/** Clients on PostgreSQL. */
export function createPostgresClientStore(database: Queryable): ClientStore {
  async function read<Row = ClientRow>(
    name: string,
    text: string,
    values: readonly Value[],
  ): Promise<readonly Row[]> {
    return (await database.query<Row>({ name: `clients.${name}`, text, values, reads: true })).rows;
  }
  return {
    find: async (realm, id) => {
      const [row] = await read('find', SELECT, [realm, id]);
      return row && fromClientRow(row);
    },
    findDuplicate: async (realm, fingerprint, since) => {
      const [row] = await read('find-same', SAME, [realm, fingerprint, since]);
      return row && fromClientRow(row);
    },
    list: async (realm, { after = '', limit }) => {
      const rows = await read('list', SELECT_PAGE, [realm, after, limit + 1]);
      return toPage(rows.map(fromClientRow), limit, ({ id }) => id);
    },
    insert: (client, duplicateSince) => insertClient(database, client, duplicateSince),
    replace: (next, expectedVersion) => replaceClient(database, next, expectedVersion),
    touch: (realm, id, at) => touchClient(database, realm, id, at),
    remove: (realm, id, expectedVersion) => removeClient(database, realm, id, expectedVersion),
    countAwake: async (realm, atMost) => {
      const [row] = await read<{ readonly count: number }>('count-awake', COUNT_AWAKE, [realm, atMost]);
      return row?.count ?? 0;
    },
    countDocuments: async (realm, atMost) => {
      const [row] = await read<{ readonly count: number }>('count-documents', COUNT_DOCUMENTS, [
        realm,
        atMost,
      ]);
      return row?.count ?? 0;
    },
    findDue: async (realm, kind, until, limit) =>
      fromDynamicRows(await read(`find-${kind}`, DUE[kind], [realm, until, limit])),
    findDocumentsDue: async (realm, { unused, used }, limit) => {
      const values = [realm, Math.max(unused, used), unused, used, limit];
      return fromDocumentRows(await read('find-documents-due', DOCUMENTS_DUE, values));
    },
    expire: (expired, expectedVersion) => expireClient(database, expired, expectedVersion),
    findExpired: async (realm, id) => {
      const [row] = await read<ExpiredClientRow>('find-expired', SELECT_EXPIRED, [realm, id]);
      return row && fromExpiredClientRow(row);
    },
    listExpired: async (realm, { after = '', limit }) => {
      const values = [realm, after, limit + 1];
      const rows = await read<ExpiredClientRow>('list-expired', SELECT_EXPIRED_PAGE, values);
      return toPage(rows.map(fromExpiredClientRow), limit, ({ id }) => id);
    },
    restore: (client) => restoreClient(database, client),
    forgetExpired: (realm, until, keep, limit) => forgetExpiredClients(database, realm, until, keep, limit),
  };
}
