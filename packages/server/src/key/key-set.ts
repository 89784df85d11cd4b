import { createLocalJWKSet, type JWK } from 'jose';

type KeySet = ReturnType<typeof createLocalJWKSet>;

const keySets = new WeakMap<readonly JWK[], KeySet>();

/** The public keys of a keyring for verifying with jose, which imports each of them once for the same array. */
export function keySetOf(keys: readonly JWK[]): KeySet {
  const known = keySets.get(keys);
  if (known !== undefined) return known;
  const made = createLocalJWKSet({ keys: [...keys] });
  keySets.set(keys, made);
  return made;
}
