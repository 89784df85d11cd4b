import type { OptionTable, Seconds } from '@vestibule/core';

/** How assertions are checked. */
export interface AssertionOptions {
  /** How far the clock of the sender may differ, in seconds. @default 60 */
  readonly clockTolerance?: Seconds;
  /** How long fetching the keys at a `jwksUri` may take, in seconds. @default 3 */
  readonly timeout?: Seconds;
  /**
   * Fetches the keys at a `jwksUri`, for example through a proxy. It must respect the `signal` and the `redirect` that it
   * gets.
   *
   * @default the global `fetch`
   */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** What each option must be. */
export const ASSERTION_OPTIONS: OptionTable<AssertionOptions> = {
  clockTolerance: 'seconds?',
  timeout: 'seconds?',
  fetch: 'function?',
};
