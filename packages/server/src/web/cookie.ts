import type { RequestHead } from '@vestibule/http';
import { parseCookie, stringifySetCookie } from 'cookie';
import { hasOwnPaths, type Place, placesPath } from './place.ts';

/**
 * A cookie of this server at a place. If the place is the whole host, its name begins with `__Host-`, so that no other host
 * of the domain and no plain-http page can set it. A cookie with a path of its own cannot have that prefix.
 *
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3 RFC 6265bis §4.1.3}
 */
export interface PlacedCookie {
  readonly name: string;
  /** The value as a `Set-Cookie` header with a lifetime in seconds; 0 deletes the cookie. */
  set(value: string, maxAge: number): string;
}

export function placedCookie(issuer: string, name: string, place: Place): PlacedCookie {
  // If other programs use the other ports, a cookie for the whole host would be a bug.
  if (place.kind === 'host' && hasOwnPaths(issuer)) throw new Error(`The cookie ${name} has no place.`);
  const fullName = `${cookiePrefix(issuer)}${name}`;
  return {
    name: fullName,
    // Lax, because the first page is reached from the client, which may be another site.
    set: (value, maxAge) =>
      stringifySetCookie({
        name: fullName,
        value,
        maxAge,
        path: place.kind === 'host' ? '/' : `${placesPath(issuer)}/${place.id}`,
        httpOnly: true,
        sameSite: 'lax',
        secure: issuer.startsWith('https:'),
      }),
  };
}

/** The prefix of an issuer's cookie names. */
export function cookiePrefix(issuer: string): string {
  if (!hasOwnPaths(issuer)) return '__Host-';
  return issuer.startsWith('https:') ? '__Secure-at-' : 'at-';
}

const read = new WeakMap<RequestHead, ReadonlyMap<string, string>>();

/** The cookies of a request, by name, in the order in which the browser sent them. */
export function readCookies(request: RequestHead): ReadonlyMap<string, string> {
  const known = read.get(request);
  if (known !== undefined) return known;
  const cookies = new Map<string, string>();
  for (const [name, value] of Object.entries(parseCookie(request.headers.get('cookie') ?? ''))) {
    if (value !== undefined) cookies.set(name, value);
  }
  read.set(request, cookies);
  return cookies;
}
