import { usedClient } from '../client/note-use.ts';
import type { ExpiredClient } from '../client/expired-client.ts';
import { type Client, registrationOf } from '../client/client.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Instant } from '../time.ts';
import { documentsDueAmong, dueAmong } from './due.ts';
import { createJournal, type Journal } from './journal.ts';
import { promised, type Synchronous } from './promised.ts';
import { key } from './record-key.ts';
import { pageById } from './memory-page.ts';

/** Stores clients in memory. For tests and examples. */
export const createMemoryClientStore = (): ClientStore =>
  promised<ClientStore>(createClientTable(createJournal()));

/** Clients in memory. */
export interface ClientTable extends Synchronous<ClientStore> {
  /** Deletes what is kept of an expired client. @returns whether something was kept */
  readonly forget: (realm: string, id: string) => boolean;
}

/** Creates a table of clients. */
export function createClientTable(journal: Journal): ClientTable {
  const clients = journal.map<Client>();
  const expired = journal.map<ExpiredClient>();
  const get = (realm: string, id: string): Client | undefined => clients.get(key(realm, id));
  const set = (client: Client, version: number): void =>
    void clients.set(key(client.realm, client.id), structuredClone({ ...client, version }));
  const ofRealm = (realm: string): readonly Client[] =>
    [...clients.values()].filter((client) => client.realm === realm);
  const expiredOf = (realm: string): readonly ExpiredClient[] =>
    [...expired.values()].filter((client) => client.realm === realm);
  const newestSame = (realm: string, fingerprint: string, since: Instant): Client | undefined =>
    ofRealm(realm)
      .filter(
        (client) => registrationOf(client).fingerprint === fingerprint && client.blockedAt === undefined,
      )
      .filter(({ issuedAt }) => issuedAt > since)
      .toSorted((a, b) => a.issuedAt - b.issuedAt)
      .at(-1);

  return {
    insert: (client, duplicateSince) => {
      const { realm, id } = client;
      const { fingerprint } = registrationOf(client);
      if (get(realm, id) !== undefined) return { outcome: 'exists' };
      if (duplicateSince !== undefined && fingerprint !== undefined) {
        const same = newestSame(realm, fingerprint, duplicateSince);
        if (same !== undefined) return { outcome: 'coalesced', client: structuredClone(same) };
      }
      set(client, 1);
      return { outcome: 'inserted' };
    },
    find: (realm, id) => structuredClone(get(realm, id)),
    findDuplicate: (realm, fingerprint, since) => structuredClone(newestSame(realm, fingerprint, since)),
    list: (realm, page) => pageById(ofRealm(realm), page),
    replace: (next, expectedVersion) => {
      const current = get(next.realm, next.id);
      if (current === undefined) return 'missing';
      if (current.version !== expectedVersion) return 'stale';
      set(next, expectedVersion + 1);
      return 'replaced';
    },
    touch: (realm, id, at) => {
      const current = get(realm, id);
      if (current === undefined) return 'missing';
      set(usedClient(current, at), current.version + 1);
      return 'touched';
    },
    remove: (realm, id, expectedVersion) => {
      const place = key(realm, id);
      const current = get(realm, id);
      if (expectedVersion === undefined) {
        const isKept = expired.delete(place);
        return clients.delete(place) || isKept ? 'removed' : 'missing';
      }
      if (current === undefined) return 'missing';
      if (current.version !== expectedVersion) return 'stale';
      clients.delete(place);
      return 'removed';
    },
    countAwake: (realm, atMost) => {
      const isAwake = (client: Client): boolean =>
        client.kind === 'dynamic' &&
        client.blockedAt === undefined &&
        client.registration.hibernatedAt === undefined;
      return Math.min(ofRealm(realm).filter(isAwake).length, atMost);
    },
    countDocuments: (realm, atMost) => {
      const isCounted = ({ kind, blockedAt }: Client): boolean =>
        kind === 'metadata-document' && blockedAt === undefined;
      return Math.min(ofRealm(realm).filter(isCounted).length, atMost);
    },
    findDue: (realm, kind, until, limit) =>
      structuredClone(dueAmong(ofRealm(realm), kind, until).slice(0, limit)),
    findDocumentsDue: (realm, until, limit) =>
      structuredClone(documentsDueAmong(ofRealm(realm), until).slice(0, limit)),
    expire: (kept, expectedVersion) => {
      const { realm, id } = kept;
      const current = get(realm, id);
      if (current === undefined) return 'missing';
      if (current.version !== expectedVersion) return 'stale';
      clients.delete(key(realm, id));
      expired.set(key(realm, id), structuredClone(kept));
      return 'expired';
    },
    findExpired: (realm, id) => structuredClone(expired.get(key(realm, id))),
    listExpired: (realm, page) => pageById(expiredOf(realm), page),
    restore: (client) => {
      const { realm, id } = client;
      if (get(realm, id) !== undefined || !expired.delete(key(realm, id))) return 'missing';
      set(client, 1);
      return 'restored';
    },
    forget: (realm, id) => expired.delete(key(realm, id)),
    forgetExpired: (realm, until, keep, limit) => {
      const oldestFirst = expiredOf(realm).toSorted((a, b) => a.expiredAt - b.expiredAt);
      const surplus = Math.max(0, oldestFirst.length - keep);
      const forgotten = oldestFirst
        .filter(({ expiredAt }, index) => index < surplus || expiredAt <= until)
        .slice(0, limit);
      for (const { id } of forgotten) expired.delete(key(realm, id));
      return forgotten.length;
    },
  };
}
