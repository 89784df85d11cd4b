import type { Instant } from '@vestibule/core';

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const UNITS = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** How long ago something was, in words: "just now", "5 minutes ago", "yesterday". */
export function ago(then: Instant, now: Instant): string {
  const seconds = Math.max(0, Math.floor((now - then) / 1000));
  for (const [unit, length] of UNITS) {
    if (seconds >= length) return words.format(-Math.floor(seconds / length), unit);
  }
  return 'just now';
}
