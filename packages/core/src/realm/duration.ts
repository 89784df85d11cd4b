import type { Seconds } from '../time.ts';

const UNITS: Readonly<Record<string, Seconds>> = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 };

const PART = /(?<!\d)(\d+)\s*([wdhms])/g;
const WHOLE = /^\s*(?:\d+\s*[wdhms]\s*)+$/;

/** A thousand years: added to any date, the result can still be formatted. */
export const LONGEST_DURATION: Seconds = 86_400 * 365 * 1_000;

/** Reads a duration in weeks, days, hours, minutes and seconds, such as `30d` or `12h 30m`; `undefined` if it is none. */
export function readDuration(text: string): Seconds | undefined {
  const parts = WHOLE.test(text) ? [...text.matchAll(PART)] : [];
  const seconds = parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (UNITS[unit] ?? 0), 0);
  return parts.length > 0 && seconds <= LONGEST_DURATION ? seconds : undefined;
}
