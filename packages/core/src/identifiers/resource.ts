import { hasOnlyUriCharacters } from '../text/uri.ts';

const HTTP = /^(https?:\/\/[^/?]*)((?:[/?].*)?)$/i;

/**
 * The one way to write a resource indicator, or `undefined` where the value is none: it must be an absolute
 * URI without a fragment. Scheme and host are lower-cased and a default port is dropped; a bare origin is the
 * same resource with and without its slash. Path and query stay as they are, to the byte.
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

/** Whether two resource indicators name the same API. */
export function sameResource(left: string, right: string): boolean {
  const canonical = canonicalResource(left);
  return canonical !== undefined && canonical === canonicalResource(right);
}
