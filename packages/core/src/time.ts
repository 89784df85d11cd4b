/** A time in milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A duration in whole seconds, the unit of OAuth (`expires_in`, `Retry-After`). */
export type Seconds = number;

/** A duration in milliseconds, if seconds are too coarse. */
export type Milliseconds = number;

/** The time `seconds` after `start`. */
export const after = (start: Instant, seconds: Seconds): Instant => start + seconds * 1000;

/** A time as OAuth and JWT write it: whole seconds since 1970, rounded down. */
export const toEpochSeconds = (instant: Instant): Seconds => Math.floor(instant / 1000);
