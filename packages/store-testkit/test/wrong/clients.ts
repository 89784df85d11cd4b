import type { Client, ClientStore, DynamicClient } from '@vestibule/core';
import { setImmediate as tick } from 'node:timers/promises';

type Flaw = (clients: ClientStore) => ClientStore;

const everyClient = async (clients: ClientStore, realm: string): Promise<readonly Client[]> =>
  (await clients.list(realm, { limit: 1_000 })).items;

const dynamicOf = (clients: readonly Client[]): readonly DynamicClient[] =>
  clients.filter((client) => client.kind === 'dynamic');

const hibernatedAtOf = (client: Client): number | undefined =>
  client.kind === 'dynamic' ? client.registration.hibernatedAt : undefined;

/** Stores the version of the client that was passed in. */
export const keepsVersion: Flaw = (clients) => ({
  ...clients,
  insert: async (client, duplicateSince) => {
    const answer = await clients.insert(client, duplicateSince);
    for (let version = 1; answer.outcome === 'inserted' && version < client.version; version += 1) {
      await clients.replace(client, version);
    }
    return answer;
  },
});

/** Compares the version, and writes after a pause in which others may have written. */
export const losesChanges: Flaw = (clients) => ({
  ...clients,
  replace: async (next, expectedVersion) => {
    const current = await clients.find(next.realm, next.id);
    if (current === undefined) return 'missing';
    if (current.version !== expectedVersion) return 'stale';
    await tick();
    const newest = await clients.find(next.realm, next.id);
    return clients.replace(next, newest?.version ?? 0);
  },
});

/** Changes the given members only, and keeps the others. */
export const merges: Flaw = (clients) => ({
  ...clients,
  replace: async (next, expectedVersion) =>
    clients.replace({ ...(await clients.find(next.realm, next.id)), ...next }, expectedVersion),
});

/** Reads a client, and later writes it with its use, overwriting concurrent changes. */
export const touchesWhatItRead: Flaw = (clients) => ({
  ...clients,
  touch: async (realm, id, at) => {
    const current = await clients.find(realm, id);
    if (current === undefined) return 'missing';
    if (current.kind !== 'dynamic') return clients.touch(realm, id, at);
    const { hibernatedAt: _hibernatedAt, ...registration } = current.registration;
    const awake = { ...current, registration };
    await tick();
    const newest = (await clients.find(realm, id))?.version ?? 0;
    if (newest === 0) await clients.insert(awake);
    else await clients.replace({ ...awake, lastUsedAt: at }, newest);
    return 'touched';
  },
});

/** Records a use without reactivating the client. */
export const letsSleep: Flaw = (clients) => ({
  ...clients,
  touch: async (realm, id, at) => {
    const current = await clients.find(realm, id);
    return current === undefined || hibernatedAtOf(current) === undefined
      ? clients.touch(realm, id, at)
      : clients.replace({ ...current, lastUsedAt: at }, current.version).then(() => 'touched');
  },
});

/** Removes a client in any version. */
export const removesAnyVersion: Flaw = (clients) => ({
  ...clients,
  remove: (realm, id) => clients.remove(realm, id),
});

/** Removes by the id without the realm. */
export const removesInEveryRealm: Flaw = (clients) => ({
  ...clients,
  remove: async (realm, id, expectedVersion) => {
    const answer = await clients.remove(realm, id, expectedVersion);
    for (const other of ['main', 'other']) await clients.remove(other, id);
    return answer;
  },
});

/** Counts blocked clients. */
export const countsBlocked: Flaw = (clients) => ({
  ...clients,
  countAwake: async (realm, atMost) => {
    const awake = (await everyClient(clients, realm)).filter(
      (client) => hibernatedAtOf(client) === undefined,
    );
    return Math.min(awake.length, atMost);
  },
});

/** Counts beyond the limit. */
export const countsAll: Flaw = (clients) => ({
  ...clients,
  countAwake: (realm) => clients.countAwake(realm, Infinity),
});

/** Finds due clients a millisecond late. */
export const isDueLate: Flaw = (clients) => ({
  ...clients,
  findDue: (realm, kind, until, limit) => clients.findDue(realm, kind, until - 1, limit),
});

/** Returns due clients in the order of their ids. */
export const isDueById: Flaw = (clients) => ({
  ...clients,
  findDue: async (realm, kind, until, limit) => {
    const due = await clients.findDue(realm, kind, until, Infinity);
    return due.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
  },
});

/** Finds a blocked unused client due like any other. */
export const deletesBlocked: Flaw = (clients) => ({
  ...clients,
  findDue: async (realm, kind, until, limit) => {
    const blocked = dynamicOf(await everyClient(clients, realm)).filter(
      ({ blockedAt, lastUsedAt, issuedAt }) =>
        kind === 'unused' && blockedAt !== undefined && lastUsedAt === undefined && issuedAt <= until,
    );
    return [...blocked, ...(await clients.findDue(realm, kind, until, limit))].slice(0, limit);
  },
});

/** Finds a hibernated client dormant again. */
export const putsToSleepAgain: Flaw = (clients) => ({
  ...clients,
  findDue: async (realm, kind, until, limit) => {
    const asleep = dynamicOf(await everyClient(clients, realm)).filter(
      ({ blockedAt, lastUsedAt = Infinity, registration }) =>
        kind === 'dormant' &&
        blockedAt === undefined &&
        registration.hibernatedAt !== undefined &&
        lastUsedAt <= until,
    );
    return [...(await clients.findDue(realm, kind, until, limit)), ...asleep].slice(0, limit);
  },
});
