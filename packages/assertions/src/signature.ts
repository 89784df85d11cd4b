import { checkOptions, type Instant } from '@vestibule/core';
import { compactVerify, type CryptoKey } from 'jose';
import type { SignatureHeader } from './header.ts';
import { createKeyring } from './keys/keyring.ts';
import type { KeySource } from './keys/source.ts';
import { ASSERTION_OPTIONS, type AssertionOptions } from './options.ts';

/** The result of a signature check. */
export type SignatureVerdict =
  | 'good'
  /** The expected signer has no key with this `kid` and `alg`. */
  | 'key-unknown'
  | 'bad';

/** Checks signatures with the keys of the expected signer. Fetched keys are kept for the life of this object. */
export interface SignatureCheck {
  /**
   * @param header the header of the assertion, already checked
   * @throws KeysUnavailable if the keys cannot be fetched at the moment
   * @throws Error if the settings of the keys are unusable
   */
  check(
    assertion: string,
    header: SignatureHeader,
    source: KeySource,
    now: Instant,
  ): Promise<SignatureVerdict>;
}

/** @throws TypeError that names each option that is unknown or has the wrong type */
export function createSignatureCheck(options: AssertionOptions = {}): SignatureCheck {
  checkOptions('createSignatureCheck', options, ASSERTION_OPTIONS);
  const keyring = createKeyring(options);
  return {
    async check(assertion, header, source, now) {
      const keys = await keyring.keysOf(source).find(header, now, source.cause);
      if (keys.length === 0) return 'key-unknown';
      return (await isSigned(assertion, header, keys)) ? 'good' : 'bad';
    },
  };
}

/** Whether one of the keys signed the assertion with the algorithm of its header. */
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
      // This key did not sign it, or is too weak to be used; another key may have signed it.
    }
  }
  return false;
}
