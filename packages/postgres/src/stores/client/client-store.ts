import type { ClientStore } from '@vestibule/core';
import type { Queryable } from '../../database/statement.ts';
import { toPage } from '../page.ts';
import { removeClient, replaceClient, touchClient } from './change-client.ts';
import { COLUMNS } from './client-columns.ts';
import { expireClient, findExpired, forgetExpired, listExpired, restoreClient } from './expired-clients.ts';
import { insertClient, insertUnlessSame } from './insert-client.ts';
import { countAwake, findDue } from './client-lifecycle.ts';
import { type ClientRow, toClient } from './client-row.ts';
import { findDuplicate } from './duplicate.ts';

const SELECT = `SELECT ${COLUMNS} FROM clients WHERE realm = $1 AND id = $2`;

const SELECT_PAGE = `SELECT ${COLUMNS} FROM clients WHERE realm = $1 AND id > $2 ORDER BY id LIMIT $3`;

/** Clients on PostgreSQL. */
export function createPostgresClientStore(database: Queryable): ClientStore {
  return {
    find: async (realm, id) => {
      const { rows } = await database.query<ClientRow>({
        name: 'clients.find',
        text: SELECT,
        values: [realm, id],
        reads: true,
      });
      return rows[0] && toClient(rows[0]);
    },
    findDuplicate: (realm, fingerprint, since) => findDuplicate(database, realm, fingerprint, since),
    list: async (realm, { after = '', limit }) => {
      const { rows } = await database.query<ClientRow>({
        name: 'clients.list',
        text: SELECT_PAGE,
        values: [realm, after, limit + 1],
        reads: true,
      });
      return toPage(rows.map(toClient), limit, ({ id }) => id);
    },
    insert: (client, duplicateSince) =>
      duplicateSince === undefined ||
      client.kind !== 'dynamic' ||
      client.registration.fingerprint === undefined
        ? insertClient(database, client)
        : insertUnlessSame(database, client, duplicateSince),
    replace: (next, expectedVersion) => replaceClient(database, next, expectedVersion),
    touch: (realm, id, at) => touchClient(database, realm, id, at),
    remove: (realm, id, expectedVersion) => removeClient(database, realm, id, expectedVersion),
    countAwake: (realm, atMost) => countAwake(database, realm, atMost),
    findDue: (realm, kind, until, limit) => findDue(database, realm, kind, until, limit),
    expire: (expired, expectedVersion) => expireClient(database, expired, expectedVersion),
    findExpired: (realm, id) => findExpired(database, realm, id),
    listExpired: (realm, page) => listExpired(database, realm, page),
    restore: (client) => restoreClient(database, client),
    forgetExpired: (realm, until, keep, limit) => forgetExpired(database, realm, until, keep, limit),
  };
}
