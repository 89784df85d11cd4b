import type { Instant, Seconds } from '@vestibule/core';
import { directivesOf } from './cache-control.ts';
import { isEntityTag } from './entity-tag.ts';

/** The headers of a response, by their names in lower case. A repeated header has several values. */
export type ResponseHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a response says of its own reuse, read as a cache that serves many users reads it. */
export interface Freshness {
  /** The entity tag for a conditional request later, at most 256 characters. */
  readonly etag?: string;
  /** How long the response is fresh from now on, in seconds; 0 if it is stale already. Absent: it does not say. */
  readonly freshFor?: Seconds;
  /** `no-store`, or `private`. */
  readonly noStore: boolean;
  /** `no-cache`, or `Vary: *`: needs revalidation before each use. */
  readonly noCache: boolean;
  /** `must-revalidate` or `proxy-revalidate`: is not used stale. */
  readonly mustRevalidate: boolean;
  /** How long a stale response may be used if the host fails, in seconds (RFC 5861 §4). Absent: it does not say. */
  readonly staleIfError?: Seconds;
}

/**
 * Reads the freshness of a response. A shared cache prefers `s-maxage` to `max-age` to `Expires`, and subtracts the age of the
 * response. Numbers and dates that are malformed make it stale. It never assumes a lifetime that the response does not state.
 *
 * @param now the time at which the response arrived
 * @param delay how long the response took, in seconds: a cache on the way may have counted its age before that
 * @see {@link https://www.rfc-editor.org/rfc/rfc9111#section-4.2 RFC 9111 §4.2}
 */
export function readFreshness(headers: ResponseHeaders, now: Instant, delay: Seconds = 0): Freshness {
  const directives = directivesOf(valuesOf(headers, 'cache-control').join(','));
  const lifetime = lifetimeOf(headers, directives, now);
  const etag = valuesOf(headers, 'etag')[0];
  const staleIfError = deltaSeconds(directives.get('stale-if-error'));
  return {
    ...(etag !== undefined && isEntityTag(etag) && { etag }),
    ...(lifetime !== undefined && {
      freshFor: Math.max(0, Math.floor(lifetime - ageOf(headers, now) - delay)),
    }),
    noStore: directives.has('no-store') || directives.has('private'),
    noCache: directives.has('no-cache') || valuesOf(headers, 'vary').join(',').includes('*'),
    mustRevalidate: directives.has('must-revalidate') || directives.has('proxy-revalidate'),
    ...(staleIfError !== undefined && { staleIfError }),
  };
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc9111#section-4.2.1 RFC 9111 §4.2.1} */
function lifetimeOf(
  headers: ResponseHeaders,
  directives: ReadonlyMap<string, string>,
  now: Instant,
): Seconds | undefined {
  for (const name of ['s-maxage', 'max-age']) {
    if (directives.has(name)) return deltaSeconds(directives.get(name)) ?? 0;
  }
  const [expires] = valuesOf(headers, 'expires');
  if (expires === undefined) return undefined;
  const end = httpDate(expires);
  return end === undefined ? 0 : (end - (httpDate(valuesOf(headers, 'date')[0]) ?? now)) / 1000;
}

/**
 * The age of a response: what a cache on the way says, or the time since its `Date`, whichever is more. A wrong clock of the
 * host can make the response older, and never younger.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9111#section-4.2.3 RFC 9111 §4.2.3}
 */
function ageOf(headers: ResponseHeaders, now: Instant): Seconds {
  const apparent = (now - (httpDate(valuesOf(headers, 'date')[0]) ?? now)) / 1000;
  return Math.max(0, apparent, deltaSeconds(valuesOf(headers, 'age')[0]) ?? 0);
}

function valuesOf(headers: ResponseHeaders, name: string): readonly string[] {
  const value = headers[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/** Larger numbers count as this one (RFC 9111 §1.2.2). */
const MOST_SECONDS: Seconds = 2 ** 31;

const deltaSeconds = (text: string | undefined): Seconds | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Math.min(Number(text), MOST_SECONDS) : undefined;

/** A date in one of the three formats of HTTP (RFC 9110 §5.6.7). They begin with the day of the week; `0` is not a date. */
function httpDate(text: string | undefined): Instant | undefined {
  if (text === undefined || !/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  const at = Date.parse(text.endsWith(' GMT') ? text : `${text} GMT`);
  return Number.isNaN(at) ? undefined : at;
}
