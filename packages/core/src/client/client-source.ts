import type { ClientStore } from '../ports/client-store.ts';
import type { Client } from './client.ts';

/**
 * Finds clients and does nothing else, so that sources can be combined. What a client may do depends on its kind: {@link
 * standingOf}, {@link judgeAgain}, {@link noteUse} and {@link reactivateClient} take the found client.
 */
export interface ClientSource {
  /**
   * The client with this id in this realm; `undefined` if this source has none. The id may be any text from a request.
   *
   * @throws StoreUnavailable if the source cannot be reached at the moment
   */
  find(realm: string, id: string): Promise<Client | undefined>;
}

/** The clients of a store: dynamic and pre-registered ones, with one read. */
export const storedClients = (store: Pick<ClientStore, 'find'>): ClientSource => ({
  find: (realm, id) => store.find(realm, id),
});

/**
 * Searches the sources in order: the first one that has the client decides. If a source fails, so does the search: an outage
 * does not mean that the client is unknown, and a later source must not decide for an earlier one.
 */
export const firstOf = (first: ClientSource, ...others: readonly ClientSource[]): ClientSource => ({
  async find(realm, id) {
    for (const source of [first, ...others]) {
      const client = await source.find(realm, id);
      if (client !== undefined) return client;
    }
    return undefined;
  },
});
