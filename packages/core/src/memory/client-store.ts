import type { StoredClient } from '../client/stored-client.ts';
import type { ClientStore } from '../ports/client-store.ts';

/** Keeps clients while the process lives. For tests and first steps. */
export function createMemoryClientStore(): ClientStore {
  const clients = new Map<string, StoredClient>();
  const key = (realm: string, id: string): string => JSON.stringify([realm, id]);
  const find = async (realm: string, id: string): Promise<StoredClient | undefined> =>
    structuredClone(clients.get(key(realm, id)));
  return {
    find,
    insert: async (client) => {
      const place = key(client.realm, client.id);
      if (clients.has(place)) return 'exists';
      clients.set(place, structuredClone(client));
      return 'inserted';
    },
  };
}
