import type { RedirectUri } from '../redirect-uri/redirect-uri.ts';
import { hostnameOf, isLoopbackUrl } from '../text/loopback-url.ts';

/**
 * Whether an issuer is on a loopback host: `localhost`, a name below it, 127.0.0.0/8 or [::1]. Any program on this
 * computer can listen on another port of that host, and browsers send a host's cookies to every port of it.
 *
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-8.5 RFC 6265bis §8.5}
 */
export const isLoopbackIssuer = (issuer: string): boolean => isLoopbackUrl(issuer);

/**
 * Whether a redirect URI leads to the authorization server itself. Of a loopback host other programs have the other
 * ports, so that only the issuer's own port counts there, under any spelling of the host. Of any other host every port
 * counts, because cookies know no ports.
 */
export function isIssuersOwn(issuer: string, uri: RedirectUri): boolean {
  if (uri.kind === 'private-use') return false;
  return isLoopbackIssuer(issuer)
    ? isLoopbackUrl(uri.raw) && portOf(uri.raw) === portOf(issuer)
    : hostnameOf(uri.raw) === hostnameOf(issuer);
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

function portOf(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed?.port || DEFAULT_PORTS[parsed?.protocol ?? ''];
}
