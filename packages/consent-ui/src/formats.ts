import type { Instant, Seconds } from '@vestibule/core';
import type { Messages } from './messages/messages.ts';
import { once } from './once.ts';

/** Dates and durations in words. */
export interface Formats {
  /** "November 28, 2026" */
  readonly day: (at: Instant) => string;
  /** "November 28, 2026 at 1:00 PM UTC". A page without scripts cannot know the time zone of the person. */
  readonly minute: (at: Instant) => string;
  /** "just now", "5 minutes ago", "yesterday" */
  readonly ago: (then: Instant, now: Instant) => string;
  /** The duration in the largest unit that divides it: "1 hour", "90 minutes", "30 days" */
  readonly duration: (length: Seconds) => string;
}

const AGO_UNITS = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

const DURATION_UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** The number of durations whose words are remembered. They are settings, and each page names several. */
const MOST_DURATIONS = 100;

export function formatsFor({ language, justNow }: Pick<Messages, 'language' | 'justNow'>): Formats {
  // Each takes milliseconds to make, so it is made for the first page that needs it.
  const day = once(() => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }));
  const minute = once(
    () => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
  );
  const relative = once(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
  const numberOf = ([unit, size]: (typeof DURATION_UNITS)[number]) => ({
    size,
    number: once(() => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' })),
  });
  const inUnits = DURATION_UNITS.map(numberOf);
  const inSeconds = numberOf(DURATION_UNITS[3]);
  const durations = new Map<Seconds, string>();

  return {
    day: (at) => day().format(at),
    minute: (at) => `${minute().format(at)} UTC`,
    ago(then, now) {
      const seconds = Math.max(0, Math.floor((now - then) / 1000));
      const unit = AGO_UNITS.find(([, size]) => seconds >= size);
      return unit === undefined ? justNow : relative().format(-Math.floor(seconds / unit[1]), unit[0]);
    },
    duration(length) {
      const known = durations.get(length);
      if (known !== undefined) return known;
      const { size, number } = inUnits.find((each) => length % each.size === 0) ?? inSeconds;
      const words = number().format(length / size);
      if (durations.size >= MOST_DURATIONS) durations.clear();
      durations.set(length, words);
      return words;
    },
  };
}
