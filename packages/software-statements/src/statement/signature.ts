import { compactVerify, type CryptoKey } from 'jose';
import type { SignatureHeader } from './header.ts';

/** Whether one of the keys signed the statement, with the algorithm that was judged. */
export async function isSigned(
  statement: string,
  { alg }: SignatureHeader,
  keys: readonly CryptoKey[],
): Promise<boolean> {
  for (const key of keys) {
    try {
      await compactVerify(statement, key, { algorithms: [alg] });
      return true;
    } catch {
      // A key that did not sign it, or that is too weak to have: the next one may have.
    }
  }
  return false;
}
