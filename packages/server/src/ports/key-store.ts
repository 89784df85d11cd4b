import type { PrivateKey, SigningKey } from '../records/signing-key.ts';

/** Keeps signing keys, in the order in which they succeed each other. Every method is atomic. */
export interface KeyStore {
  /** The realm's keys, newest first. */
  list(realm: string): Promise<readonly SigningKey[]>;
  /**
   * Adds a key as the successor of the one that is the newest, or as the first (`undefined`). `stale` where another
   * one is the newest by now: of many processes at once exactly one adds its own.
   */
  insert(key: SigningKey, after: string | undefined): Promise<'inserted' | 'stale'>;
  /** Puts another private half in the place of the one that is kept: the same key, encrypted anew. */
  replacePrivateKey(realm: string, kid: string, privateKey: PrivateKey): Promise<'replaced' | 'missing'>;
  /** Deletes a key that is not the newest. */
  remove(realm: string, kid: string): Promise<'removed' | 'newest' | 'missing'>;
}
