import type { Instant } from '@vestibule/core';
import type { AssertionOptions } from '../options.ts';
import { isNumericDate, timeProblem } from '../time.ts';

/**
 * What is wrong with the issuer, audience and time claims of a statement, or `undefined` if it is valid here and now. The
 * claims about software are not checked.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1 RFC 7519 §4.1}
 */
export function claimsProblem(
  claims: Readonly<Record<string, unknown>>,
  audience: readonly string[],
  options: AssertionOptions,
  now: Instant,
): string | undefined {
  const { iat, aud } = claims;
  if (!isNumericDate(iat)) return 'has no iat that is a number; it must say when it was issued';
  const problem = timeProblem(claims, options, now);
  if (problem !== undefined) return problem;
  return aud === undefined || isFor(aud, audience)
    ? undefined
    : 'has an aud that does not name this server; get one that does, or one without aud';
}

const isFor = (aud: unknown, audience: readonly string[]): boolean => {
  const named: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return named.every((name) => typeof name === 'string') && audience.some((name) => named.includes(name));
};
