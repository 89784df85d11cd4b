import type { Seconds } from '@vestibule/core';

/** How assertions are checked, whoever made them. */
export interface AssertionOptions {
  /** How far the clock of whoever made one may be from ours. @default 60 */
  readonly clockTolerance?: Seconds;
  /** How long the keys at a `jwksUri` may take to arrive. @default 3 */
  readonly timeout?: Seconds;
  /**
   * Fetches the keys at a `jwksUri`, through a proxy for instance. It has to heed the `signal` and the `redirect` that
   * it is given.
   *
   * @default the global `fetch`
   */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}
