import { after, type Instant } from '@vestibule/core';
import type { AssertionOptions } from './options.ts';

/**
 * What is wrong with the time claims of a JWT, or `undefined` if it is currently valid. `exp` is required.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1 RFC 7519 §4.1}
 */
export function timeProblem(
  { iat, exp, nbf }: Readonly<Record<string, unknown>>,
  { clockTolerance = 60 }: Pick<AssertionOptions, 'clockTolerance'>,
  now: Instant,
): string | undefined {
  if (iat !== undefined && !isNumericDate(iat)) return 'has an iat that is not a number; correct it';
  if (!isNumericDate(exp)) return 'has no exp that is a number; it must say when it expires';
  if (nbf !== undefined && !isNumericDate(nbf)) return 'has an nbf that is not a number; leave it out';
  const latest = after(now, clockTolerance);
  const hasBegun = (start: number): boolean => start * 1000 <= latest;
  if (iat !== undefined && !hasBegun(iat)) {
    return 'has an iat that is in the future; its issuer must set its clock';
  }
  if (nbf !== undefined && !hasBegun(nbf)) return 'has an nbf that is in the future; bring it later';
  if (after(exp * 1000, clockTolerance) <= now) return 'has expired; get a new one from its issuer';
  return undefined;
}

/** JSON numbers can be infinite (`1e999`), which is not a time. */
export const isNumericDate = (value: unknown): value is number => Number.isFinite(value);
