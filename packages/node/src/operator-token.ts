import { createHash, timingSafeEqual } from 'node:crypto';

/** Creates a check whether a bearer token is the operator token. If none is configured, no token passes. */
export function operatorCheck(operatorToken: string | undefined): (token: string) => Promise<boolean> {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = operatorToken === undefined ? undefined : digest(operatorToken);
  return async (token) => expected !== undefined && timingSafeEqual(digest(token), expected);
}
