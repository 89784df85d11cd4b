import type { Redirect } from './redirect.ts';

/** The parts of a redirect URI. They are text, because a URL parser would repair the intended mistakes. */
interface Parts {
  readonly scheme: string;
  readonly host: string;
  /** With its colon; empty if absent. */
  readonly port: string;
  readonly path: string;
}

type Variation = readonly [uri: string, why: string];

const PARTS = /^([a-z]+):\/\/(\[[^\]]+\]|[^:/]+)(:\d+)?(\/.*)$/;

/**
 * URIs that resemble a registered redirect URI but differ from it: for each kind, what attackers and lenient servers try.
 *
 * @param uris in lower case, with a path, and without a query, as agents register them
 */
export function lookAlikes(...uris: readonly string[]): readonly Redirect[] {
  const found = new Map<string, Redirect>();
  for (const like of uris) {
    for (const [uri, why] of variationsOf(like)) {
      if (!uris.includes(uri) && !found.has(uri)) found.set(uri, { uri, works: false, why, like });
    }
  }
  return [...found.values()];
}

function variationsOf(uri: string): readonly Variation[] {
  const [, scheme, host, port = '', path] = PARTS.exec(uri) ?? [];
  if (scheme === undefined || host === undefined || path === undefined) return [];
  const parts: Parts = { scheme, host, port, path };
  const own = scheme === 'https' ? ofWebsites : scheme === 'http' ? ofLoopback : ofApps;
  return [...ofAny(uri, parts), ...withoutSlash(uri, parts), ...own(parts)];
}

/** Alone, a slash is the path of the same address; at the end of a longer path it is a part of another. */
const withoutSlash = (uri: string, { path }: Parts): readonly Variation[] =>
  path.length > 1 && path.endsWith('/') ? [[uri.slice(0, -1), 'it lacks the slash at the end']] : [];

const ofAny = (uri: string, { scheme, host, port, path }: Parts): readonly Variation[] => [
  [`${uri}x`, 'its path goes on'],
  [`${uri}/`, 'it has one slash more'],
  [`${uri}/../elsewhere`, 'its path climbs to another'],
  [`${uri}?next=elsewhere`, 'it has a query, and the registered one has none'],
  [`${uri}#elsewhere`, 'it has a fragment (RFC 6749 §3.1.2)'],
  [`${scheme}://${host}${port}/elsewhere`, 'its path is another'],
  [`${scheme}://${host}${port}${path.toUpperCase()}`, 'its path is in capitals'],
  [`${scheme}://evil.example${port}${path}`, 'its host is another'],
  [`${scheme}://${host}.evil.example${port}${path}`, 'its host only begins like the registered one'],
  [`${scheme}://${host}${port}@evil.example${path}`, 'what looks like its host is a user name'],
  [`${scheme}://someone@${host}${port}${path}`, 'it has a user name'],
  [`${scheme}://evil.example\\@${host}${port}${path}`, 'browsers end its host at the backslash'],
];

const ofWebsites = ({ host, path }: Parts): readonly Variation[] => [
  [`https://${host}:8443${path}`, 'it has a port, and the registered one has none'],
  [`https://sub.${host}${path}`, 'its host is below the registered one'],
  [`http://${host}${path}`, 'it is not encrypted'],
];

/** Any port is accepted, and nothing else may differ: one loopback host is not another. */
const ofLoopback = ({ host, port, path }: Parts): readonly Variation[] => {
  const names = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0'].filter((name) => name !== host);
  return [
    ...names.map((name): Variation => [`http://${name}${port}${path}`, `it says ${name}, not ${host}`]),
    [`https://${host}${port}${path}`, 'its scheme is another'],
  ];
};

const ofApps = ({ scheme, host, path }: Parts): readonly Variation[] => [
  [`${scheme}://${host}:8443${path}`, 'it has a port, and the registered one has none'],
  [`${scheme}s://${host}${path}`, 'its scheme is another'],
  [`https://${host}${path}`, 'its scheme leads to a website, not to the app'],
];
