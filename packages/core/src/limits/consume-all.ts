import type { Limit, RateLimiter } from '../ports/rate-limiter.ts';
import type { Instant, Seconds } from '../time.ts';

/** One use of one limit, and the name of the limit for refusals. */
export interface Use<Name extends string> {
  readonly name: Name;
  readonly key: string;
  readonly limit: Limit;
}

/** The result of using several limits at once. */
export type AllConsumed<Name extends string> =
  /** Every limit had quota left and was used once. */
  | { readonly room: true; readonly release: () => Promise<void> }
  /** One limit had no quota left; none was used. */
  | { readonly room: false; readonly limit: Name; readonly retryAfter: Seconds };

/** Uses each of several limits once, or none of them if one has no quota left. */
export async function consumeAll<Name extends string>(
  limiter: RateLimiter,
  uses: readonly Use<Name>[],
): Promise<AllConsumed<Name>> {
  const taken: (Use<Name> & { readonly windowEnds: Instant })[] = [];
  const release = async (): Promise<void> => {
    for (const { key, limit, windowEnds } of taken) await limiter.refund(key, limit, windowEnds);
  };
  for (const use of uses) {
    const verdict = await limiter.consume(use.key, use.limit);
    if (!verdict.allowed) {
      await release();
      return { room: false, limit: use.name, retryAfter: verdict.retryAfter };
    }
    taken.push({ ...use, windowEnds: verdict.windowEnds });
  }
  return { room: true, release };
}
