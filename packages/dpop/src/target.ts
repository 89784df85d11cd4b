/** Written by RFC 3986 it has no control character, no space, no backslash and nothing beyond ASCII. */
const HTTP_URI = /^https?:\/\/[!-[\]-~]+$/i;

const UNRESERVED = /[A-Za-z0-9\-._~]/;

/**
 * The one way to write where a request goes, without query and fragment: `undefined` where that is no http(s) address. Two
 * spellings of one address come to the same by the rules for syntax and scheme, and by no others.
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

/** A character that needs no escape stands for itself; the digits of an escape are upper-case. */
function normalTriplet(triplet: string): string {
  const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
  return UNRESERVED.test(character) ? character : triplet.toUpperCase();
}
