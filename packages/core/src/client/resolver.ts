import type { ClientStore } from '../ports/client-store.ts';
import type { StoredClient } from './stored-client.ts';

/**
 * Finds a client by its `client_id`, whichever door it came through. The authorization server knows clients by
 * this alone.
 */
export interface ClientResolver {
  resolve(realm: string, clientId: string): Promise<StoredClient | undefined>;
}

/** The clients that introduced themselves. */
export const dynamicClients = (store: ClientStore): ClientResolver => ({
  resolve: (realm, clientId) => store.find(realm, clientId),
});
