import type { Instant } from '@vestibule/core';
import { compactVerify, type CryptoKey } from 'jose';
import type { SignatureHeader } from './header.ts';
import { createKeyring } from './keys/keyring.ts';
import type { KeySource } from './keys/source.ts';
import type { AssertionOptions } from './options.ts';

/** What a signature is worth. */
export type SignatureVerdict =
  | 'good'
  /** Whose it should be has no key for its `kid` and `alg`. */
  | 'key-unknown'
  | 'bad';

/** Checks signatures with the keys of whose they should be. Keys that were fetched are kept as long as this. */
export interface SignatureCheck {
  /**
   * @param header that of the assertion, as it was judged
   * @throws StoreUnavailable where the keys cannot be fetched just now
   * @throws Error where the settings of the keys cannot be used
   */
  check(
    assertion: string,
    header: SignatureHeader,
    source: KeySource,
    now: Instant,
  ): Promise<SignatureVerdict>;
}

export function createSignatureCheck(options: AssertionOptions = {}): SignatureCheck {
  const keyring = createKeyring(options);
  return {
    async check(assertion, header, source, now) {
      const keys = await keyring.keysOf(source).find(header, now);
      if (keys.length === 0) return 'key-unknown';
      return (await isSigned(assertion, header, keys)) ? 'good' : 'bad';
    },
  };
}

/** Whether one of the keys signed the assertion, with the algorithm that was judged. */
async function isSigned(
  assertion: string,
  { alg }: SignatureHeader,
  keys: readonly CryptoKey[],
): Promise<boolean> {
  for (const key of keys) {
    try {
      await compactVerify(assertion, key, { algorithms: [alg] });
      return true;
    } catch {
      // A key that did not sign it, or that is too weak to have: the next one may have.
    }
  }
  return false;
}
