import type { RequestHead } from '@vestibule/http';
import { cookiePrefix } from './cookie.ts';
import { hasOwnPaths, placeOf } from './place.ts';

/**
 * Whether a request has a cookie with a name of this server that this server cannot have set: two with one name, or one
 * where it sets none. Any program on another port of the host can set such a cookie.
 *
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-8.6 RFC 6265bis §8.6}
 */
export function bringsPlantedCookie(issuer: string, request: RequestHead): boolean {
  const prefix = `${cookiePrefix(issuer)}vestibule-`;
  const names = namesIn(request.headers.get('cookie') ?? '').filter((name) => name.startsWith(prefix));
  if (new Set(names).size < names.length) return true;
  return hasOwnPaths(issuer) && placeOf(issuer, request) === undefined && names.length > 0;
}

/** The names in a `Cookie` header, with their repetitions. */
const namesIn = (cookies: string): readonly string[] =>
  cookies.split(';').map((pair) => {
    const end = pair.indexOf('=');
    return (end === -1 ? pair : pair.slice(0, end)).trim();
  });
