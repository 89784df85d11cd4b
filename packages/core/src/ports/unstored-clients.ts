import type { Client } from '../client/client.ts';
import type { Instant } from '../time.ts';

/** Registered clients that are not stored yet, for an operator's acts on them. */
export interface UnstoredClients {
  /**
   * Stores a client as blocked, so that no approval stores it from now on.
   *
   * @returns the stored client; `undefined` if this is not the `client_id` of such a client, or it was stored before
   */
  storeBlocked(realm: string, clientId: string, blockedAt: Instant): Promise<Client | undefined>;
}
