import { after, type ClientDocument, type Instant, type Seconds } from '@vestibule/core';
import type { Freshness } from './freshness.ts';

/** A document is fetched again at the earliest after this time, and at the latest after this one. In seconds. */
export const LEAST_FRESH: Seconds = 300;
const MOST: Seconds = 86_400;

/** How long a copy of a document is used. */
export interface BoundedFreshness {
  /** How long it is used without fetching the document again, in seconds. */
  readonly freshFor: Seconds;
  /**
   * How long after that it is used for new authorizations while the document cannot be fetched, in seconds, if the realm allows so
   * much. Absent: the host does not say.
   */
  readonly staleFor?: Seconds;
}

/**
 * What a host says about the reuse of its document, within bounds. Fetching it more often would make this server a burden to the host;
 * keeping it longer would keep a removed redirect URI. `no-store`, `private` and `no-cache` cannot be followed to the letter, because
 * the client is stored with its grants: they count as the shortest time, after which the copy is not used stale.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2 RFC 9111 §5.2.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc5861#section-4 RFC 5861 §4}
 */
export function boundedFreshness({
  freshFor = LEAST_FRESH,
  noStore,
  noCache,
  mustRevalidate,
  staleIfError,
}: Omit<Freshness, 'etag'>): BoundedFreshness {
  const isUnwanted = noStore || noCache;
  const staleFor = isUnwanted || mustRevalidate ? 0 : staleIfError;
  return {
    freshFor: isUnwanted ? LEAST_FRESH : Math.min(MOST, Math.max(LEAST_FRESH, freshFor)),
    ...(staleFor !== undefined && { staleFor }),
  };
}

/**
 * What the response to a conditional request says about a copy that has not changed. If it says nothing, what was said before about the
 * use of the stale copy stays (RFC 9111 §4.3.4).
 *
 * @param staleFor what was said before
 */
export function renewedFreshness(freshness: Freshness, staleFor: Seconds | undefined): BoundedFreshness {
  const renewed = boundedFreshness(freshness);
  const isSilent = freshness.freshFor === undefined && renewed.staleFor === undefined;
  return isSilent && staleFor !== undefined ? { ...renewed, staleFor } : renewed;
}

/** When a copy was fetched, and until when it is used. */
export const copyDates = (
  now: Instant,
  { freshFor, staleFor }: BoundedFreshness,
): Pick<ClientDocument, 'fetchedAt' | 'expiresAt' | 'staleFor'> => ({
  fetchedAt: now,
  expiresAt: after(now, freshFor),
  ...(staleFor !== undefined && { staleFor }),
});
