import { parseCookie, stringifySetCookie } from 'cookie';

/**
 * A cookie of the issuer's host. Over https its name begins with `__Host-`, so that no neighbouring host and no
 * plain-http page can set it; over http (this computer only) browsers would refuse that name.
 *
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3 RFC 6265bis §4.1.3}
 */
export interface HostCookie {
  readonly name: string;
  /** The value as a `Set-Cookie` header, for so many seconds; 0 makes the browser forget it. */
  set(value: string, maxAge: number): string;
}

export function hostCookie(issuer: string, name: string): HostCookie {
  const secure = issuer.startsWith('https:');
  const fullName = `${hostCookiePrefix(issuer)}${name}`;
  return {
    name: fullName,
    // Lax, because the first page is reached from the client, which may be another site.
    set: (value, maxAge) =>
      stringifySetCookie({
        name: fullName,
        value,
        maxAge,
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure,
      }),
  };
}

/** What the names of an issuer's cookies begin with. */
export const hostCookiePrefix = (issuer: string): string => (issuer.startsWith('https:') ? '__Host-' : '');

/** The cookies that came with a request, by name, in the order the browser sent them. */
export function readCookies(request: Request): ReadonlyMap<string, string> {
  const parsed = parseCookie(request.headers.get('cookie') ?? '');
  return new Map(
    Object.entries(parsed).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
