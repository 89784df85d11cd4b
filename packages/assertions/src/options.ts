import type { OptionTable, Seconds } from '@vestibule/core';
import type { KeySetFetch } from './keys/key-set-fetch.ts';

/** How assertions are checked. */
export interface AssertionOptions {
  /** How far the clock of the sender may differ, in seconds. @default 60 */
  readonly clockTolerance?: Seconds;
  /**
   * Fetches the keys at a `jwksUri`: `createGuardedFetch()` of `@vestibule/cimd/node`.
   *
   * @default none: keys have to be given as `jwks`
   */
  readonly fetch?: KeySetFetch;
}

/** What each option must be. */
export const ASSERTION_OPTIONS: OptionTable<AssertionOptions> = {
  clockTolerance: 'seconds?',
  fetch: 'fetch()?',
};
