import { createHash } from 'node:crypto';

/** A code verifier of 46 characters. RFC 7636 asks for 43 or more. */
export const VERIFIER = 'a-verifier-that-is-long-enough-for-the-rule-43';

/** The S256 code challenge of a verifier. */
export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');

/** The challenge of {@link VERIFIER}. */
export const CHALLENGE: string = challengeOf(VERIFIER);
