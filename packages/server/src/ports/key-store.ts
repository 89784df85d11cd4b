import type { PrivateKey, SigningKey } from '../records/signing-key.ts';

/** Stores signing keys in their order of succession. Every method is atomic. */
export interface KeyStore {
  /** The keys of the realm, newest first. */
  list(realm: string): Promise<readonly SigningKey[]>;
  /**
   * Adds a key as the successor of the newest one, or as the first (`undefined`). `stale` if another key is the newest by
   * now: of concurrent processes exactly one adds its key.
   */
  insert(key: SigningKey, after: string | undefined): Promise<'inserted' | 'stale'>;
  /** Replaces the stored private key by another encryption of the same key. */
  replacePrivateKey(realm: string, kid: string, privateKey: PrivateKey): Promise<'replaced' | 'missing'>;
  /** Deletes a key that is not the newest. */
  remove(realm: string, kid: string): Promise<'removed' | 'newest' | 'missing'>;
}
