import type { Seconds } from '@vestibule/core';
import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, Seconds>> = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 };

const PART = /(?<!\d)(\d+)\s*([wdhms])/g;
const WHOLE = /^\s*(?:\d+\s*[wdhms]\s*)+$/;

/** A thousand years: added to any date, the result can still be formatted. */
export const MOST: Seconds = 86_400 * 365 * 1_000;

/**
 * Parses a duration in weeks, days, hours, minutes and seconds, such as `30d` or `12h 30m`.
 *
 * @throws InvalidArgumentError if it is no duration, or zero
 */
export function parseDuration(text: string): Seconds {
  const seconds = readDuration(text);
  if (seconds !== undefined && seconds > 0) return seconds;
  throw new InvalidArgumentError('It must be a duration such as 30d or 12h 30m (w, d, h, m, s).');
}

/** Parses a duration, which may be `0s`; `undefined` if it is no duration. */
export function readDuration(text: string): Seconds | undefined {
  const parts = WHOLE.test(text) ? [...text.matchAll(PART)] : [];
  const seconds = parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (UNITS[unit] ?? 0), 0);
  return parts.length > 0 && seconds <= MOST ? seconds : undefined;
}
