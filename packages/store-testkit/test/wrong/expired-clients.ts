import type { ClientStore, ExpiredClient } from '@vestibule/core';
import { setImmediate as tick } from 'node:timers/promises';

type Flaw = (clients: ClientStore) => ClientStore;

/** Expires a client in any version. */
export const expiresAnyVersion: Flaw = (clients) => ({
  ...clients,
  expire: async (expired, expectedVersion) => {
    const current = await clients.find(expired.realm, expired.id);
    return clients.expire(expired, current?.version ?? expectedVersion);
  },
});

/** Restores a client and still keeps what restores it. */
export const keepsWhatItRestored: Flaw = (clients) => {
  const kept = new Map<string, ExpiredClient>();
  return {
    ...clients,
    expire: async (expired, expectedVersion) => {
      const answer = await clients.expire(expired, expectedVersion);
      if (answer === 'expired') kept.set(`${expired.realm} ${expired.id}`, structuredClone(expired));
      return answer;
    },
    findExpired: async (realm, id) => structuredClone(kept.get(`${realm} ${id}`)),
  };
};

/** Checks whether something is kept, and adds the client later, when it may have been added. */
export const restoresWhatItRead: Flaw = (clients) => ({
  ...clients,
  restore: async (client) => {
    if ((await clients.findExpired(client.realm, client.id)) === undefined) return 'missing';
    await tick();
    await clients.restore(client);
    return 'restored';
  },
});

/** Removes a client without what restores it. */
export const removalLeavesExpired: Flaw = (clients) => ({
  ...clients,
  remove: async (realm, id, expectedVersion) => {
    const current = await clients.find(realm, id);
    return clients.remove(realm, id, expectedVersion ?? current?.version ?? -1);
  },
});

/** Finds where a client is, and removes it there later, when it may have moved. */
export const removesWhereItWas: Flaw = (clients) => ({
  ...clients,
  remove: async (realm, id, expectedVersion) => {
    if (expectedVersion !== undefined) return clients.remove(realm, id, expectedVersion);
    const wasExpired = (await clients.findExpired(realm, id)) !== undefined;
    await tick();
    const isExpired = (await clients.findExpired(realm, id)) !== undefined;
    return wasExpired === isExpired ? clients.remove(realm, id) : 'missing';
  },
});

/** Keeps all of them until their period ends. */
export const keepsAllExpired: Flaw = (clients) => ({
  ...clients,
  forgetExpired: (realm, until, _keep, limit) => clients.forgetExpired(realm, until, Infinity, limit),
});

/** Deletes a millisecond late. */
export const forgetsLate: Flaw = (clients) => ({
  ...clients,
  forgetExpired: (realm, until, keep, limit) => clients.forgetExpired(realm, until - 1, keep, limit),
});
