import type { Instant, KeysCause } from '@vestibule/core';
import { type CryptoKey, errors } from 'jose';
import type { SignatureHeader } from '../header.ts';

/** The public keys of one party. */
export interface PublicKeys {
  /**
   * The keys that fit a header.
   *
   * @param cause whose request waits for them, if they have to be fetched
   * @throws KeysUnavailable if the keys cannot be fetched at the moment
   */
  find(header: SignatureHeader, now: Instant, cause?: KeysCause): Promise<readonly CryptoKey[]>;
}

/** A key set of `jose`. */
type KeySet = (header: { alg: string; kid?: string }) => Promise<CryptoKey>;

/** The number of keys that are tried for an assertion without `kid`. */
const MOST = 16;

/** The keys of a set that fit a header. Keys that cannot verify a signature are ignored (RFC 7517 §5). */
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
