import type { Client, ClientStore, DueKind, DynamicClient, ExpiredClient } from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import type { Ledger } from './ledger.ts';
import { pageOf } from './page.ts';

/** The time from which the period of each kind counts, or `undefined` if the client is not of that kind. */
const SINCE: Readonly<Record<DueKind, (client: DynamicClient) => number | undefined>> = {
  unused: (client) => (client.lastUsedAt === undefined ? client.issuedAt : undefined),
  dormant: ({ registration, lastUsedAt }) =>
    registration.hibernatedAt === undefined ? lastUsedAt : undefined,
  asleep: ({ registration }) => registration.hibernatedAt,
};

/** Whether only an operator can delete it. */
const ages = (client: Client): client is DynamicClient =>
  client.kind === 'dynamic' && client.blockedAt === undefined;

const fingerprintOf = (client: Client): string | undefined =>
  client.kind === 'dynamic' ? client.registration.fingerprint : undefined;

function used(client: Client, at: number): Client {
  if (client.kind !== 'dynamic') return { ...client, lastUsedAt: at };
  const { hibernatedAt: _hibernatedAt, ...registration } = client.registration;
  return { ...client, registration, lastUsedAt: at };
}

/**
 * Clients. Operations are serialized, so each of these can read first and write afterwards.
 *
 * @param record records events as a part of an operation
 */
export function createClients(
  { table, operate }: Ledger,
  record: (events: readonly AuditEvent[]) => void,
): ClientStore {
  const clients = table<Client>('clients');
  const expired = table<ExpiredClient>('expired-clients');
  const expiredOf = (realm: string): readonly ExpiredClient[] =>
    expired.all().filter((client) => client.realm === realm);
  const save = (client: Client, version: number): void =>
    clients.set({ ...client, version }, client.realm, client.id);
  const ofRealm = (realm: string): readonly Client[] =>
    clients.all().filter((client) => client.realm === realm);
  const sameAs = (realm: string, fingerprint: string | undefined, since: number): Client | undefined =>
    ofRealm(realm)
      .filter((client) => fingerprint !== undefined && fingerprintOf(client) === fingerprint)
      .filter((client) => client.issuedAt > since && client.blockedAt === undefined)
      .toSorted((a, b) => b.issuedAt - a.issuedAt)[0];

  return {
    insert: (client, duplicateSince = Infinity, events = []) =>
      operate(() => {
        if (clients.get(client.realm, client.id) !== undefined) return { outcome: 'exists' };
        const same = sameAs(client.realm, fingerprintOf(client), duplicateSince);
        if (same !== undefined) return { outcome: 'coalesced', client: same };
        save(client, 1);
        record(events);
        return { outcome: 'inserted' };
      }),
    find: (realm, id) => operate(() => clients.get(realm, id)),
    findDuplicate: (realm, fingerprint, since) => operate(() => sameAs(realm, fingerprint, since)),
    list: (realm, page) => operate(() => pageOf(ofRealm(realm), ({ id }) => id, page)),
    replace: (next, expectedVersion) =>
      operate(() => {
        const current = clients.get(next.realm, next.id);
        if (current === undefined) return 'missing';
        if (current.version !== expectedVersion) return 'stale';
        save(next, expectedVersion + 1);
        return 'replaced';
      }),
    touch: (realm, id, at) =>
      operate(() => {
        const current = clients.get(realm, id);
        if (current === undefined) return 'missing';
        save(used(current, at), current.version + 1);
        return 'touched';
      }),
    remove: (realm, id, expectedVersion) =>
      operate(() => {
        const current = clients.get(realm, id);
        const isKept = expectedVersion === undefined && expired.get(realm, id) !== undefined;
        if (isKept) expired.delete(realm, id);
        if (current === undefined) return isKept ? 'removed' : 'missing';
        if (current.version !== (expectedVersion ?? current.version)) return 'stale';
        clients.delete(realm, id);
        return 'removed';
      }),
    countAwake: (realm, atMost) =>
      operate(() => {
        const awake = ofRealm(realm).filter(
          (one) => ages(one) && one.registration.hibernatedAt === undefined,
        );
        return Math.min(awake.length, atMost);
      }),
    findDue: (realm, kind, until, limit) =>
      operate(() => {
        const since = (client: DynamicClient): number => SINCE[kind](client) ?? Infinity;
        return ofRealm(realm)
          .filter(ages)
          .filter((client) => since(client) <= until)
          .toSorted((a, b) => since(a) - since(b))
          .slice(0, limit);
      }),
    expire: (kept, expectedVersion) =>
      operate(() => {
        const { realm, id } = kept;
        const current = clients.get(realm, id);
        if (current === undefined) return 'missing';
        if (current.version !== expectedVersion) return 'stale';
        clients.delete(realm, id);
        expired.set(kept, realm, id);
        return 'expired';
      }),
    findExpired: (realm, id) => operate(() => expired.get(realm, id)),
    listExpired: (realm, page) => operate(() => pageOf(expiredOf(realm), ({ id }) => id, page)),
    restore: (client) =>
      operate(() => {
        const { realm, id } = client;
        if (clients.get(realm, id) !== undefined || expired.get(realm, id) === undefined) return 'missing';
        expired.delete(realm, id);
        save(client, 1);
        return 'restored';
      }),
    forgetExpired: (realm, until, keep, limit) =>
      operate(() => {
        const oldestFirst = expiredOf(realm).toSorted((a, b) => a.expiredAt - b.expiredAt);
        const due = oldestFirst.filter(({ expiredAt }) => expiredAt <= until).length;
        const forgotten = oldestFirst.slice(0, Math.min(limit, Math.max(due, oldestFirst.length - keep)));
        for (const { id } of forgotten) expired.delete(realm, id);
        return forgotten.length;
      }),
  };
}
