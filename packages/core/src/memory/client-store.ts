import type { StoredClient } from '../client/stored-client.ts';
import type { ClientStore } from '../ports/client-store.ts';
import { pageOf } from './page.ts';

/** Keeps clients while the process lives. For tests and first steps. */
export function createMemoryClientStore(): ClientStore {
  const clients = new Map<string, StoredClient>();
  const key = (realm: string, id: string): string => JSON.stringify([realm, id]);
  return {
    find: async (realm, id) => structuredClone(clients.get(key(realm, id))),
    insert: async (client) => {
      const place = key(client.realm, client.id);
      if (clients.has(place)) return 'exists';
      clients.set(place, structuredClone(client));
      return 'inserted';
    },
    list: async (realm, page) => {
      const ofRealm = [...clients.values()].filter((client) => client.realm === realm);
      const inOrder = ofRealm.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      return pageOf(
        inOrder,
        ({ id }) => id,
        (id, cursor) => id > cursor,
        page,
      );
    },
  };
}
