import type { Realm } from '../realm/realm.ts';

/**
 * Seals clients that are not stored: what is sealed can be read and made only by the servers of its realm, for as long as they
 * keep the key.
 */
export interface ClientSealer {
  /**
   * Encrypts a text and authenticates it.
   *
   * @returns a `client_id` of at most 1,024 characters, all of them unreserved in a URL; `undefined` if it would be longer
   */
  seal(realm: Realm, text: string): Promise<string | undefined>;
  /**
   * The text that was sealed as this `client_id`. `undefined` for every other one, whatever is wrong with it: it was not sealed,
   * not by this realm, changed, or sealed with a key that is not kept any more.
   */
  open(realm: Realm, clientId: string): Promise<string | undefined>;
}
