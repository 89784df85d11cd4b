import type { StoredClient } from '../client/stored-client.ts';

/** Keeps the clients that introduced themselves. Every method is atomic; none reads a clock. */
export interface ClientStore {
  /**
   * Adds a client. Never overwrites: where the realm has a client of this id the answer is `exists` and
   * nothing changes. `inserted` means durable: it survives a crash that follows at once.
   */
  insert(client: StoredClient): Promise<'inserted' | 'exists'>;
  /** The client of this id in this realm. A copy: changing it changes nothing stored. */
  find(realm: string, id: string): Promise<StoredClient | undefined>;
}
