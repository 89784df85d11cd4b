import type { GrantDuration, Seconds } from '@vestibule/core';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A choice of how long an app is let in: its value in the form, and its words. */
export const durationChoice = (
  duration: GrantDuration,
): { readonly value: string; readonly words: string } => ({
  value: String(duration),
  words: duration === 'until-revoked' ? 'Until you end it' : `For ${exactly(duration)}`,
});

/** In the largest unit that it is a whole number of: "1 hour", "90 minutes", "30 days". */
function exactly(length: Seconds): string {
  const [unit, size] = UNITS.find(([, one]) => length % one === 0) ?? UNITS[3];
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(length / size);
}
