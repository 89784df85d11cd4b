import type { Seconds } from '@vestibule/core';
import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, Seconds>> = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 };

const PART = /(?<!\d)(\d+)\s*([wdhms])/g;
const WHOLE = /^\s*(?:\d+\s*[wdhms]\s*)+$/;

/** A thousand years: whatever they are counted from, the date can be written. */
export const MOST: Seconds = 86_400 * 365 * 1_000;

/**
 * Reads a length of time: `30d`, `12h 30m`. Weeks, days, hours, minutes and seconds.
 *
 * @throws InvalidArgumentError where it is none, or nothing
 */
export function parseDuration(text: string): Seconds {
  const seconds = readDuration(text);
  if (seconds !== undefined && seconds > 0) return seconds;
  throw new InvalidArgumentError('It must be a length of time such as 30d or 12h 30m (w, d, h, m, s).');
}

/** Reads a length of time, `0s` among them; `undefined` where it is none. */
export function readDuration(text: string): Seconds | undefined {
  const parts = WHOLE.test(text) ? [...text.matchAll(PART)] : [];
  const seconds = parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (UNITS[unit] ?? 0), 0);
  return parts.length > 0 && seconds <= MOST ? seconds : undefined;
}
