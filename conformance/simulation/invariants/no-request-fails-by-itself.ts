import type { Invariant } from './invariant.ts';

/** Only an outage of the stores makes a request fail: every other exception is a bug. */
export const noRequestFailsByItself: Invariant = {
  name: 'no request fails by itself',
  check: ({ errors }) =>
    errors
      .filter((error) => !(error instanceof Error && 'code' in error && error.code === 'STORE_UNAVAILABLE'))
      .map((error) => `A request failed: ${error instanceof Error ? error.message : String(error)}`),
};
