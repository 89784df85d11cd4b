import type { Instant, Seconds } from '@vestibule/core';

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

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
    if (seconds >= length) return relative.format(-Math.floor(seconds / length), unit);
  }
  return 'just now';
}

/** A length of time, in words: "7 days", "15 minutes", "minute". */
export function inWords(length: Seconds): string {
  for (const [unit, size] of UNITS.slice(2)) {
    const count = Math.floor(length / size);
    if (count >= 1) return count === 1 ? unit : `${count} ${unit}s`;
  }
  return `${length} seconds`;
}
