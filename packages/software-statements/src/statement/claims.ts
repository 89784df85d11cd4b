import { after, type Instant } from '@vestibule/core';
import type { StatementVerifierOptions } from '../options.ts';

/**
 * What is wrong with the claims that make a JWT good for here and now; undefined where nothing is. Those about software
 * are not looked at.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1 RFC 7519 §4.1}
 */
export function claimsProblem(
  { iat, exp, nbf, aud }: Readonly<Record<string, unknown>>,
  audience: readonly string[],
  { clockTolerance = 60 }: Pick<StatementVerifierOptions, 'clockTolerance'>,
  now: Instant,
): string | undefined {
  if (!isNumericDate(iat)) return 'has no iat that is a number; it must say when it was issued';
  if (!isNumericDate(exp)) return 'has no exp that is a number; it must say when it expires';
  if (nbf !== undefined && !isNumericDate(nbf)) return 'has an nbf that is not a number; leave it out';
  const latest = after(now, clockTolerance);
  const hasBegun = (start: number): boolean => start * 1000 <= latest;
  if (!hasBegun(iat)) return 'has an iat that is in the future; its issuer must set its clock';
  if (nbf !== undefined && !hasBegun(nbf)) return 'has an nbf that is in the future; bring it later';
  if (after(exp * 1000, clockTolerance) <= now) return 'has expired; get a new one from its issuer';
  if (aud !== undefined && !isFor(aud, audience)) {
    return 'has an aud that does not name this server; get one that does, or one without aud';
  }
  return undefined;
}

/** JSON has numbers beyond all bounds (`1e999`), which no clock ever shows. */
const isNumericDate = (value: unknown): value is number => Number.isFinite(value);

const isFor = (aud: unknown, audience: readonly string[]): boolean => {
  const named: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return named.every((name) => typeof name === 'string') && audience.some((name) => named.includes(name));
};
