import type { Instant, Seconds, StoreUnavailable } from '@vestibule/core';
import { createRemoteJWKSet, customFetch } from 'jose';
import type { AssertionOptions } from '../options.ts';
import { jwksAddress } from './address.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { fittingKeys, type PublicKeys } from './public-keys.ts';

/** How long fetched keys are used before they are fetched again. */
const GOOD_FOR: Seconds = 600;
/** How long an unknown `kid` stays unknown without another fetch. Anyone can send a `kid`. */
const LOOK_AGAIN_AFTER: Seconds = 30;
/** How long to wait after a failed fetch. */
const RETRY_AFTER: Seconds = 5;

/**
 * The keys at an address. They are fetched when they are first needed, and again when they are old or do not include the key
 * of an assertion. Concurrent callers share one fetch.
 *
 * @throws Error if keys may not be fetched from this address
 */
export function createRemoteKeys(
  owner: string,
  jwksUri: string,
  { timeout = 3, fetch = (url, init) => globalThis.fetch(url, init) }: AssertionOptions,
): PublicKeys {
  // This file decides when to fetch, by the time of the caller; `jose` shares one fetch among concurrent callers.
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

/** In either direction, so that concurrent requests and clocks that are set back have no effect. */
const isWithin = (length: Seconds, start: Instant | undefined, now: Instant): boolean =>
  start !== undefined && Math.abs(now - start) < length * 1000;

/** The message does not name the address of the keys; `cause` may. */
const unavailable = (owner: string, cause: unknown): StoreUnavailable =>
  Object.assign(
    new Error(`The keys of ${owner} cannot be fetched just now. Look at what its jwksUri answers.`, {
      cause,
    }),
    { code: 'STORE_UNAVAILABLE', retryAfter: RETRY_AFTER } as const,
  );
