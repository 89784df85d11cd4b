import { keptRecently } from '../kept-recently.ts';
import { hasOnlyUriCharacters } from '../text/uri.ts';

const HTTP = /^(https?:\/\/[^/?]*)((?:[/?].*)?)$/i;

/**
 * The canonical form of a resource indicator, or `undefined` if the value is not an absolute URI without a fragment. Scheme
 * and host are lower-cased and a default port is removed; an origin with and without a trailing slash is one resource. Path
 * and query stay unchanged.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-2 RFC 8707 §2}
 */
export function canonicalResource(value: string): string | undefined {
  if (!hasOnlyUriCharacters(value) || value.includes('#')) return undefined;
  const url = URL.parse(value);
  if (url === null || url.username !== '' || url.password !== '') return undefined;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return value;
  const [, , target] = HTTP.exec(value) ?? [];
  if (target === undefined) return undefined;
  return `${url.origin}${target === '/' ? '' : target}`;
}

/** Each request compares the few resources of its realm several times. */
const canonicalOf = keptRecently({ most: 256, longest: 512 }, (value) => ({
  canonical: canonicalResource(value),
}));

/** Whether two resource indicators name the same API. */
export function sameResource(left: string, right: string): boolean {
  const { canonical } = canonicalOf(left);
  return canonical !== undefined && canonical === canonicalOf(right).canonical;
}
