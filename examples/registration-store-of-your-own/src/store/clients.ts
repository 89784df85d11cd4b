import {
  type Client,
  type DueKind,
  type DynamicClient,
  type ExpiredClient,
  usedClient,
} from '@vestibule/core';
import type { MetadataDocumentClient, Page, PageRequest } from '@vestibule/core';
import type { ClientTable } from '@vestibule/core/memory';
import { records, type Tables } from './tables.ts';

/** The time from which the period of each kind counts: NULL if the client is not of that kind. */
const SINCE: Readonly<Record<DueKind, string>> = {
  unused: 'iif(used_at IS NULL, issued_at, NULL)',
  dormant: 'iif(hibernated_at IS NULL, used_at, NULL)',
  asleep: 'hibernated_at',
};

/** Clients, and what is kept of those that expired. The methods are written as if nothing had to wait. */
export function createClients(tables: Tables): ClientTable {
  const { run, rows } = tables;
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- a table is read as it was written
  const clientsWhere = <T extends Client>(where: string, values: Record<string, string | number>) =>
    records<T>(tables, `SELECT record FROM clients WHERE realm = :realm AND ${where}`, values);
  const find = (realm: string, id: string): Client | undefined =>
    clientsWhere<Client>('id = :id', { realm, id })[0];
  const set = (client: Client, version: number): void => {
    const { realm, id } = client;
    const record = JSON.stringify({ ...client, version });
    run('INSERT OR REPLACE INTO clients (realm, id, record) VALUES (:realm, :id, :record)', {
      realm,
      id,
      record,
    });
  };
  const erase = (table: 'clients' | 'expired_clients', realm: string, id: string): boolean =>
    run(`DELETE FROM ${table} WHERE realm = :realm AND id = :id`, { realm, id }) > 0;
  const findDuplicate = (realm: string, fingerprint: string, since: number): Client | undefined =>
    clientsWhere<Client>(
      'fingerprint = :fingerprint AND issued_at > :since AND blocked_at IS NULL ORDER BY issued_at DESC LIMIT 1',
      { realm, fingerprint, since },
    )[0];
  /** Why a change of this version cannot be made. */
  const failed = (realm: string, id: string, version: number): 'missing' | 'stale' | undefined => {
    const current = find(realm, id);
    if (current === undefined) return 'missing';
    return current.version === version ? undefined : 'stale';
  };
  const count = (realm: string, where: string): number =>
    Number(rows(`SELECT count(*) AS n FROM clients WHERE realm = :realm AND ${where}`, { realm })[0]?.['n']);
  const page = <T extends { readonly id: string }>(
    table: 'clients' | 'expired_clients',
    realm: string,
    { after = '', limit }: PageRequest,
  ): Page<T> => {
    const found = records<T>(
      tables,
      `SELECT record FROM ${table} WHERE realm = :realm AND id > :after ORDER BY id LIMIT :most`,
      { realm, after, most: limit + 1 },
    );
    const items = found.slice(0, limit);
    const next = found.length > limit ? items.at(-1)?.id : undefined;
    return { items, ...(next !== undefined && { next }) };
  };

  return {
    find,
    findDuplicate,
    insert: (client, duplicateSince) => {
      const { realm, id } = client;
      if (find(realm, id) !== undefined) return { outcome: 'exists' };
      const fingerprint = client.kind === 'dynamic' ? client.registration.fingerprint : undefined;
      if (duplicateSince !== undefined && fingerprint !== undefined) {
        const same = findDuplicate(realm, fingerprint, duplicateSince);
        if (same !== undefined) return { outcome: 'coalesced', client: same };
      }
      set(client, 1);
      return { outcome: 'inserted' };
    },
    list: (realm, request) => page<Client>('clients', realm, request),
    replace: (next, version) => {
      const reason = failed(next.realm, next.id, version);
      if (reason === undefined) set(next, version + 1);
      return reason ?? 'replaced';
    },
    touch: (realm, id, at) => {
      const current = find(realm, id);
      if (current === undefined) return 'missing';
      set(usedClient(current, at), current.version + 1);
      return 'touched';
    },
    remove: (realm, id, version) => {
      if (version === undefined) {
        const isKept = erase('expired_clients', realm, id);
        return erase('clients', realm, id) || isKept ? 'removed' : 'missing';
      }
      const reason = failed(realm, id, version);
      if (reason === undefined) erase('clients', realm, id);
      return reason ?? 'removed';
    },
    countAwake: (realm, atMost) =>
      Math.min(atMost, count(realm, "kind = 'dynamic' AND blocked_at IS NULL AND hibernated_at IS NULL")),
    countDocuments: (realm, atMost) =>
      Math.min(atMost, count(realm, "kind = 'metadata-document' AND blocked_at IS NULL")),
    findDue: (realm, kind, until, limit) =>
      clientsWhere<DynamicClient>(
        `kind = 'dynamic' AND blocked_at IS NULL AND ${SINCE[kind]} <= :until ORDER BY ${SINCE[kind]} LIMIT :limit`,
        { realm, until, limit },
      ),
    findDocumentsDue: (realm, { unused, used }, limit) =>
      clientsWhere<MetadataDocumentClient>(
        `kind = 'metadata-document' AND blocked_at IS NULL
           AND ifnull(used_at, issued_at) <= iif(used_at IS NULL, :unused, :used)
           ORDER BY ifnull(used_at, issued_at) LIMIT :limit`,
        { realm, unused, used, limit },
      ),
    expire: (kept, version) => {
      const { realm, id } = kept;
      const reason = failed(realm, id, version);
      if (reason !== undefined) return reason;
      erase('clients', realm, id);
      const record = JSON.stringify(kept);
      run('INSERT OR REPLACE INTO expired_clients (realm, id, record) VALUES (:realm, :id, :record)', {
        realm,
        id,
        record,
      });
      return 'expired';
    },
    findExpired: (realm, id) =>
      records<ExpiredClient>(tables, 'SELECT record FROM expired_clients WHERE realm = :realm AND id = :id', {
        realm,
        id,
      })[0],
    listExpired: (realm, request) => page<ExpiredClient>('expired_clients', realm, request),
    restore: (client) => {
      const { realm, id } = client;
      if (find(realm, id) !== undefined || !erase('expired_clients', realm, id)) return 'missing';
      set(client, 1);
      return 'restored';
    },
    forget: (realm, id) => erase('expired_clients', realm, id),
    forgetExpired: (realm, until, keep, limit) =>
      run(
        `DELETE FROM expired_clients WHERE realm = :realm AND id IN (
           SELECT id FROM (
             SELECT id, expired_at, row_number() OVER (ORDER BY expired_at DESC) AS place
             FROM expired_clients WHERE realm = :realm
           ) WHERE expired_at <= :until OR place > :keep ORDER BY expired_at LIMIT :limit)`,
        { realm, until, keep, limit },
      ),
  };
}
