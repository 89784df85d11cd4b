import {
  type Client,
  type DueKind,
  type DynamicClient,
  type ExpiredClient,
  usedClient,
} from '@vestibule/core';
import type { ClientTable } from '@vestibule/core/memory';
import type { Ledger } from './ledger.ts';
import { pageOf } from './page.ts';
import { createTable } from './table.ts';

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

/** Clients, and what is kept of those that expired. */
export function createClients(ledger: Ledger): ClientTable {
  const clients = createTable<Client>(ledger, 'clients', ({ realm, id }) => [realm, id]);
  const expired = createTable<ExpiredClient>(ledger, 'expired-clients', ({ realm, id }) => [realm, id]);
  const expiredOf = (realm: string): readonly ExpiredClient[] =>
    expired.all().filter((client) => client.realm === realm);
  const ofRealm = (realm: string): readonly Client[] =>
    clients.all().filter((client) => client.realm === realm);
  const sameAs = (realm: string, fingerprint: string | undefined, since: number): Client | undefined =>
    ofRealm(realm)
      .filter((client) => fingerprint !== undefined && fingerprintOf(client) === fingerprint)
      .filter((client) => client.issuedAt > since && client.blockedAt === undefined)
      .toSorted((a, b) => b.issuedAt - a.issuedAt)[0];
  /** Whether a change of this version cannot be made, and why. */
  const failed = (realm: string, id: string, version: number): 'missing' | 'stale' | undefined => {
    const current = clients.find(realm, id);
    if (current === undefined) return 'missing';
    return current.version === version ? undefined : 'stale';
  };

  return {
    insert: (client, duplicateSince = Infinity) => {
      if (clients.find(client.realm, client.id) !== undefined) return { outcome: 'exists' };
      const same = sameAs(client.realm, fingerprintOf(client), duplicateSince);
      if (same !== undefined) return { outcome: 'coalesced', client: same };
      clients.set({ ...client, version: 1 });
      return { outcome: 'inserted' };
    },
    find: clients.find,
    findDuplicate: sameAs,
    list: (realm, page) => pageOf(ofRealm(realm), ({ id }) => id, page),
    replace: (next, version) => {
      const reason = failed(next.realm, next.id, version);
      if (reason === undefined) clients.set({ ...next, version: version + 1 });
      return reason ?? 'replaced';
    },
    touch: (realm, id, at) => {
      const current = clients.find(realm, id);
      if (current === undefined) return 'missing';
      clients.set({ ...usedClient(current, at), version: current.version + 1 });
      return 'touched';
    },
    remove: (realm, id, version) => {
      const reason = failed(realm, id, version ?? clients.find(realm, id)?.version ?? 0);
      const isKept = version === undefined && expired.find(realm, id) !== undefined;
      if (isKept) expired.delete(realm, id);
      if (reason === undefined) clients.delete(realm, id);
      return isKept ? 'removed' : (reason ?? 'removed');
    },
    countAwake: (realm, atMost) => {
      const awake = ofRealm(realm).filter(
        (client) => ages(client) && client.registration.hibernatedAt === undefined,
      );
      return Math.min(awake.length, atMost);
    },
    countDocuments: (realm, atMost) => {
      const documents = ofRealm(realm).filter(
        ({ kind, blockedAt }) => kind === 'metadata-document' && blockedAt === undefined,
      );
      return Math.min(documents.length, atMost);
    },
    findDue: (realm, kind, until, limit) => {
      const since = (client: DynamicClient): number => SINCE[kind](client) ?? Infinity;
      return ofRealm(realm)
        .filter(ages)
        .filter((client) => since(client) <= until)
        .toSorted((a, b) => since(a) - since(b))
        .slice(0, limit);
    },
    findDocumentsDue: (realm, until, limit) => {
      const since = ({ lastUsedAt, issuedAt }: Client): number => lastUsedAt ?? issuedAt;
      return ofRealm(realm)
        .filter((client) => client.kind === 'metadata-document')
        .filter(({ blockedAt }) => blockedAt === undefined)
        .filter((client) => since(client) <= until[client.lastUsedAt === undefined ? 'unused' : 'used'])
        .toSorted((a, b) => since(a) - since(b))
        .slice(0, limit);
    },
    expire: (kept, version) => {
      const reason = failed(kept.realm, kept.id, version);
      if (reason !== undefined) return reason;
      clients.delete(kept.realm, kept.id);
      expired.set(kept);
      return 'expired';
    },
    findExpired: expired.find,
    listExpired: (realm, page) => pageOf(expiredOf(realm), ({ id }) => id, page),
    restore: (client) => {
      const { realm, id } = client;
      if (clients.find(realm, id) !== undefined || expired.find(realm, id) === undefined) return 'missing';
      expired.delete(realm, id);
      clients.set({ ...client, version: 1 });
      return 'restored';
    },
    forget: (realm, id) => {
      const isKept = expired.find(realm, id) !== undefined;
      if (isKept) expired.delete(realm, id);
      return isKept;
    },
    forgetExpired: (realm, until, keep, limit) => {
      const oldestFirst = expiredOf(realm).toSorted((a, b) => a.expiredAt - b.expiredAt);
      const due = oldestFirst.filter(({ expiredAt }) => expiredAt <= until).length;
      const forgotten = oldestFirst.slice(0, Math.min(limit, Math.max(due, oldestFirst.length - keep)));
      for (const { id } of forgotten) expired.delete(realm, id);
      return forgotten.length;
    },
  };
}
