import type { Instant } from '@vestibule/core';
import { type CryptoKey, errors } from 'jose';
import type { SignatureHeader } from '../header.ts';

/** The public keys of one party. */
export interface PublicKeys {
  /**
   * Those that fit a header.
   *
   * @throws StoreUnavailable where it cannot be known just now
   */
  find(header: SignatureHeader, now: Instant): Promise<readonly CryptoKey[]>;
}

/** A key set of jose's. */
type KeySet = (header: { alg: string; kid?: string }) => Promise<CryptoKey>;

/** How many keys an assertion is tried with that names none. */
const MOST = 16;

/**
 * The keys of a set that fit a header. Those that no signature can be checked with are passed over, as RFC 7517 §5 has
 * it.
 */
export async function fittingKeys(set: KeySet, header: SignatureHeader): Promise<readonly CryptoKey[]> {
  try {
    return [await set(header)];
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) return [];
    const keys: CryptoKey[] = [];
    for await (const key of error) {
      if (keys.push(key) === MOST) break;
    }
    return keys;
  }
}
