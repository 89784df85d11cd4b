/** A moment, in milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A length of time, in whole seconds, as OAuth counts (`expires_in`, `Retry-After`). */
export type Seconds = number;

/** A length of time, in milliseconds, where a second is too coarse. */
export type Milliseconds = number;

/** The moment that lies `seconds` after `start`. */
export const after = (start: Instant, seconds: Seconds): Instant => start + seconds * 1000;

/** A moment as OAuth and JWT write it: whole seconds since 1970, rounded down. */
export const toEpochSeconds = (instant: Instant): Seconds => Math.floor(instant / 1000);
