import type { Seconds } from '@vestibule/core';

/** A document is fetched again at the earliest after this time, and at the latest after this one. In seconds. */
const LEAST: Seconds = 300;
const MOST: Seconds = 86_400;

/**
 * How long a document is used without being fetched again, in seconds: what its host says, within bounds. A shorter time would make
 * this server a burden to the host, a longer one would keep a removed redirect URI.
 *
 * @param fresh what the response says; absent if it says nothing
 */
export const freshFor = (fresh: Seconds | undefined): Seconds =>
  Math.min(MOST, Math.max(LEAST, fresh ?? LEAST));
