/** RFC 3986: no control characters, spaces, backslashes or non-ASCII characters. */
const HTTP_URI = /^https?:\/\/[!-[\]-~]+$/i;

const UNRESERVED = /[A-Za-z0-9\-._~]/;

/**
 * The canonical form of a request URL without query and fragment, or `undefined` if it is not an http(s) URL. Applies
 * syntax-based and scheme-based normalization and nothing else.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2 RFC 3986 §6.2.2}
 */
export function canonicalTarget(text: string): string | undefined {
  if (!HTTP_URI.test(text) || !URL.canParse(text)) return undefined;
  const { origin, pathname, username, password } = new URL(text);
  if (username !== '' || password !== '') return undefined;
  return `${origin}${pathname.replaceAll(/%[0-9a-f]{2}/gi, normalTriplet)}`;
}

/** Decodes an escape of an unreserved character, and writes the digits of any other escape in upper case. */
function normalTriplet(triplet: string): string {
  const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
  return UNRESERVED.test(character) ? character : triplet.toUpperCase();
}
