import type { ClientStore } from '../ports/client-store.ts';
import type { Client } from './client.ts';

/**
 * Finds clients. It does nothing else, so that sources compose. What may be done with a client follows from its kind:
 * {@link standingOf}, {@link judgeAgain}, {@link noteUse} and {@link reactivateClient} take the client that was found.
 */
export interface ClientSource {
  /**
   * The client of this id in this realm; `undefined` if this source has none. The id may be any text that a stranger sent.
   *
   * @throws StoreUnavailable if the source cannot tell at the moment
   */
  find(realm: string, id: string): Promise<Client | undefined>;
}

/** The clients of a store: dynamic and pre-registered ones, with one read. */
export const storedClients = (store: Pick<ClientStore, 'find'>): ClientSource => ({
  find: (realm, id) => store.find(realm, id),
});

/**
 * Looks for a client in one source after the other: the first one that has it decides. If a source fails, so does the
 * search: an outage is not an absence, and a later source must not answer for an earlier one.
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
