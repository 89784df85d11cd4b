import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a bearer token is the operator's. Where none is set, nobody's is. */
export function operatorCheck(operatorToken: string | undefined): (token: string) => Promise<boolean> {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = operatorToken === undefined ? undefined : digest(operatorToken);
  return async (token) => expected !== undefined && timingSafeEqual(digest(token), expected);
}
