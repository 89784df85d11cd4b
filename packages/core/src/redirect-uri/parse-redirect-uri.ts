import type { LoopbackHost, RedirectUri } from './redirect-uri.ts';
import { LOOPBACK_HOSTS } from './redirect-uri.ts';
import { fitsTheDns } from './host-length.ts';
import { keptRecently } from '../kept-recently.ts';
import { plainHttpsHost } from './plain-https.ts';
import { isRefusedScheme } from './schemes.ts';
import { quote } from '../text/quote.ts';
import { hasOnlyUriCharacters } from '../text/uri.ts';

/** The longest redirect URI, in characters. */
export const MAX_REDIRECT_URI_LENGTH = 2_048;

/** Stable ids of the problems of a redirect URI. */
export type RedirectUriRule =
  | 'redirect-uris.length'
  | 'redirect-uris.characters'
  | 'redirect-uris.fragment'
  | 'redirect-uris.query'
  | 'redirect-uris.absolute'
  | 'redirect-uris.scheme'
  | 'redirect-uris.user-info'
  | 'redirect-uris.host'
  | 'redirect-uris.http-host';

/** A parsed redirect URI, or the rule that it breaks. */
export type ParsedRedirectUri =
  | { readonly ok: true; readonly uri: RedirectUri }
  | { readonly ok: false; readonly rule: RedirectUriRule; readonly problem: string };

/** RFC 6749 §4.1.2 and §4.1.2.1, RFC 9207 §2: the parameters of a response, each of which must occur once. */
const ANSWER_PARAMETERS: ReadonlySet<string> = new Set([
  'code',
  'state',
  'iss',
  'error',
  'error_description',
  'error_uri',
  'response',
]);
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/;
const AUTHORITY = /^\/\/([^/?]*)((?:[/?].*)?)$/;
/** A host without empty labels. A trailing dot names the same host, but rules about hosts would not recognize it. */
const HOST_AND_PORT = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)(?::(\d{1,5}))?$/;

/** A client registers at most ten redirect URIs, and several rules parse them. */
const KEPT = { most: 32, longest: MAX_REDIRECT_URI_LENGTH };

/**
 * Parses one redirect URI. The raw string is checked first, because URL parsers repair their input (they drop tabs, turn `\`
 * into `/`, and read `0x7f.1` as 127.0.0.1), and the browser may repair it differently.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.1.3 RFC 9700 §4.1.3}
 */
export const parseRedirectUri: (raw: string) => ParsedRedirectUri = keptRecently(KEPT, parse);

function parse(raw: string): ParsedRedirectUri {
  if (raw.length > MAX_REDIRECT_URI_LENGTH) {
    return refuse('redirect-uris.length', `is longer than ${MAX_REDIRECT_URI_LENGTH} characters`);
  }
  const host = plainHttpsHost(raw);
  if (host !== undefined) return { ok: true, uri: { kind: 'https', raw, host } };
  if (!hasOnlyUriCharacters(raw)) {
    return refuse(
      'redirect-uris.characters',
      'has a character that a URI cannot hold (such as a space, a control character, a backslash or a letter outside ASCII); percent-encode it, and write a host in its ASCII form',
    );
  }
  if (raw.includes('#')) {
    return refuse('redirect-uris.fragment', 'has a fragment; leave out # and what follows');
  }
  if (hasAnswerParameter(raw)) {
    return refuse(
      'redirect-uris.query',
      'has a parameter in its query that the answer brings (such as code or state); leave it out',
    );
  }

  const [, scheme, rest] = SCHEME.exec(raw) ?? [];
  if (scheme === undefined || rest === undefined) {
    return refuse('redirect-uris.absolute', 'is not an absolute URI; begin with a scheme, such as https://');
  }
  if (isRefusedScheme(scheme)) {
    return refuse(
      'redirect-uris.scheme',
      `has the scheme ${quote(scheme)}, which does not lead back to an app`,
    );
  }

  const [, authority, target] = AUTHORITY.exec(rest) ?? [];
  if (authority?.includes('@')) {
    return refuse(
      'redirect-uris.user-info',
      'has user information before the host; leave out what stands before @',
    );
  }
  const kind = scheme.toLowerCase();
  if (kind !== 'https' && kind !== 'http') return parsePrivateUse(raw, kind, rest, authority);
  if (authority === undefined || target === undefined) {
    return refuse('redirect-uris.absolute', `needs // and a host after ${kind}:`);
  }
  return kind === 'http' ? parseLoopback(raw, authority, target) : parseHttps(raw, authority);
}

/**
 * Whether a parser could take a parameter of the query for one of the response: separated by `&` or `;`, percent-encoded, in
 * any case, or as a list (`code[]`).
 */
function hasAnswerParameter(raw: string): boolean {
  if (!raw.includes('?')) return false;
  const query = raw.slice(raw.indexOf('?') + 1);
  return query.split(/[&;?]/).some((parameter) => {
    const [name = ''] = new URLSearchParams(parameter).keys();
    return ANSWER_PARAMETERS.has((name.split('[', 1)[0] ?? '').trim().toLowerCase());
  });
}

function parseHttps(raw: string, authority: string): ParsedRedirectUri {
  const [, host] = HOST_AND_PORT.exec(authority) ?? [];
  const url = URL.parse(raw);
  if (host === undefined || url === null || url.hostname !== host.toLowerCase()) {
    return refuse(
      'redirect-uris.host',
      'has a host that is not written the way it is read; write it plainly',
    );
  }
  if (!fitsTheDns(host)) {
    return refuse(
      'redirect-uris.host',
      'has a host that is longer than 253 characters, or a part of one that is longer than 63; no such host exists',
    );
  }
  return { ok: true, uri: { kind: 'https', raw, host: url.host } };
}

function parseLoopback(raw: string, authority: string, target: string): ParsedRedirectUri {
  const [, host, port] = HOST_AND_PORT.exec(authority) ?? [];
  if (!isLoopbackHost(host)) {
    return refuse(
      'redirect-uris.http-host',
      'is plain http; that is for localhost, 127.0.0.1 and [::1] only, in exactly these spellings; use https',
    );
  }
  if (port !== undefined && Number(port) > 65_535) {
    return refuse('redirect-uris.host', 'has a port above 65535');
  }
  return {
    ok: true,
    uri: { kind: 'loopback', raw, host, target: target.startsWith('/') ? target : `/${target}` },
  };
}

function parsePrivateUse(raw: string, scheme: string, rest: string, authority?: string): ParsedRedirectUri {
  if (!rest.startsWith('/') || URL.parse(raw) === null) {
    return refuse('redirect-uris.absolute', `needs a path after ${quote(`${scheme}:`)} that begins with /`);
  }
  return { ok: true, uri: { kind: 'private-use', raw, scheme, ...(authority && { authority }) } };
}

function isLoopbackHost(host: string | undefined): host is LoopbackHost {
  return LOOPBACK_HOSTS.some((known) => known === host);
}

function refuse(rule: RedirectUriRule, problem: string): ParsedRedirectUri {
  return { ok: false, rule, problem };
}
