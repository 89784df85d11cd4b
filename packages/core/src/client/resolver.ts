import type { StoredClient } from './stored-client.ts';

/**
 * Finds a client by its `client_id`, whichever door it came through. The authorization server knows clients by
 * this alone.
 */
export interface ClientResolver {
  resolve(realm: string, clientId: string): Promise<StoredClient | undefined>;
}
