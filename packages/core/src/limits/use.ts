import type { CoreChange } from '../ports/commit.ts';
import type { Limit } from '../ports/rate-limiter.ts';
import type { Instant } from '../time.ts';

/** One use of one limit, and the name of the limit for refusals. */
export interface Use<Name extends string> {
  readonly name: Name;
  readonly key: string;
  /** The key of a wider limit that includes this one, and is used with it. */
  readonly partOf?: string;
  readonly limit: Limit;
}

/** The changes that use each of several limits once. */
export const reservations = (
  uses: readonly Use<string>[],
  at: Instant,
): readonly Extract<CoreChange, { readonly kind: 'quota.reserve' }>[] =>
  uses.map(({ key, partOf, limit }) => ({ kind: 'quota.reserve', key, partOf, limit, at }));
