import { keptRecently } from '../kept-recently.ts';
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
 * Whether a redirect URI leads to the authorization server itself. On a loopback host other programs use the other ports, so
 * only the issuer's own port counts, under any spelling of the host. On any other host every port counts, because cookies
 * ignore ports.
 */
export function isIssuersOwn(issuer: string, uri: RedirectUri): boolean {
  if (uri.kind === 'private-use') return false;
  const own = addressOf(issuer);
  return own.isLoopback
    ? isLoopbackUrl(uri.raw) && portOf(uri.raw) === own.port
    : uri.host.replace(PORT, '') === own.hostname;
}

/** Whether an https URL leads to the authorization server of an issuer, as a redirect URI would. */
export function isAtIssuer(issuer: string, url: string): boolean {
  const host = URL.parse(url)?.host;
  return host !== undefined && isIssuersOwn(issuer, { kind: 'https', raw: url, host });
}

/** The port at the end of the host of a redirect URI. */
const PORT = /:\d+$/;

/** Issuers come from operators, and each registration asks about the same ones. */
const KEPT = { most: 1_000, longest: 2_048 };

/** Where the authorization server of an issuer is. */
const addressOf = keptRecently(KEPT, (issuer) => ({
  isLoopback: isLoopbackIssuer(issuer),
  hostname: hostnameOf(issuer),
  port: portOf(issuer),
}));

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

function portOf(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed?.port || DEFAULT_PORTS[parsed?.protocol ?? ''];
}

const PLAIN_HTTP_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * What is wrong with an issuer identifier: it must be https, without query, fragment or user. Plain http is allowed for
 * `localhost`, 127.0.0.1 and [::1]. `undefined` if nothing is.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8414#section-2 RFC 8414 §2}
 */
export function issuerProblem(issuer: string): string | undefined {
  const url = URL.parse(issuer);
  if (url === null) return 'must be a URL, such as https://id.example';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && PLAIN_HTTP_HOSTS.has(url.hostname))) {
    return 'must begin with https:// (http:// is allowed only for localhost, 127.0.0.1 and [::1])';
  }
  const plain = `${url.origin}${url.pathname === '/' ? '' : url.pathname}`;
  return plain === issuer ? undefined : `must be written without query, fragment or user: ${plain}`;
}
