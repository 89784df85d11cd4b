import type { Instant, Seconds, StoreUnavailable } from '@vestibule/core';
import { createRemoteJWKSet, customFetch } from 'jose';
import type { AssertionOptions } from '../options.ts';
import { jwksAddress } from './address.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { fittingKeys, type PublicKeys } from './public-keys.ts';

/** How long keys that were fetched are used without a look at what became of them. */
const GOOD_FOR: Seconds = 600;
/** How long a key that is not among them stays unknown. Strangers choose what they name. */
const LOOK_AGAIN_AFTER: Seconds = 30;
/** How long somebody whose keys could not be fetched is left in peace. */
const RETRY_AFTER: Seconds = 5;

/**
 * Keys that somebody publishes at an address: fetched when they are first needed, and again when they are old or do
 * not have the key that an assertion names. However many wait for them, they are fetched once.
 *
 * @throws where they may not be fetched from there
 */
export function createRemoteKeys(
  owner: string,
  jwksUri: string,
  { timeout = 3, fetch = (url, init) => globalThis.fetch(url, init) }: AssertionOptions,
): PublicKeys {
  // When to fetch is decided below, by the time that callers tell; that it is one fetch for all, by jose.
  const set = createRemoteJWKSet(jwksAddress(owner, jwksUri), {
    cacheMaxAge: Infinity,
    cooldownDuration: Infinity,
    timeoutDuration: Math.ceil(timeout * 1000),
    [customFetch]: boundedFetch(fetch),
  });
  let fetchedAt: Instant | undefined;
  let failed: { readonly at: Instant; readonly cause: unknown } | undefined;

  async function fetchUnlessWithin(length: Seconds, now: Instant): Promise<void> {
    if (isWithin(length, fetchedAt, now)) return;
    if (isWithin(RETRY_AFTER, failed?.at, now)) throw unavailable(owner, failed?.cause);
    try {
      await set.reload();
      fetchedAt = now;
    } catch (cause) {
      failed = { at: now, cause };
      throw unavailable(owner, cause);
    }
  }

  return {
    async find(header, now) {
      await fetchUnlessWithin(GOOD_FOR, now);
      const known = await fittingKeys(set, header);
      if (known.length > 0) return known;
      await fetchUnlessWithin(LOOK_AGAIN_AFTER, now);
      return fittingKeys(set, header);
    },
  };
}

/** Either way: requests that overtake one another, and clocks that are set back, change nothing. */
const isWithin = (length: Seconds, start: Instant | undefined, now: Instant): boolean =>
  start !== undefined && Math.abs(now - start) < length * 1000;

/** Its message says nothing of where the keys are; `cause` may. */
const unavailable = (owner: string, cause: unknown): StoreUnavailable =>
  Object.assign(
    new Error(`The keys of ${owner} cannot be fetched just now. Look at what its jwksUri answers.`, {
      cause,
    }),
    { code: 'STORE_UNAVAILABLE', retryAfter: RETRY_AFTER } as const,
  );
