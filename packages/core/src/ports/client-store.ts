import type { StoredClient } from '../client/stored-client.ts';
import type { Page, PageRequest } from './page.ts';

/** Keeps the clients that introduced themselves. Every method is atomic; none reads a clock. */
export interface ClientStore {
  /**
   * Adds a client. Never overwrites: where the realm has a client of this id the answer is `exists` and
   * nothing changes. `inserted` means durable: it survives a crash that follows at once.
   */
  insert(client: StoredClient): Promise<'inserted' | 'exists'>;
  /**
   * The client of this id in this realm. A copy: changing it changes nothing stored. The id may be any text that a
   * stranger sent.
   */
  find(realm: string, id: string): Promise<StoredClient | undefined>;
  /** A realm's clients, in an order that stays. */
  list(realm: string, page: PageRequest): Promise<Page<StoredClient>>;
}
