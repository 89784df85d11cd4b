import type { RedirectUri } from '../redirect-uri/redirect-uri.ts';

/**
 * The https host that a client leads to if it leads to no other place: every redirect URI away from the person's own computer
 * is on it. `undefined` if there are several hosts, or if an app on a private-use scheme gets some of the answers.
 */
export function soleHost(uris: readonly RedirectUri[]): string | undefined {
  const elsewhere = uris.filter((uri) => uri.kind !== 'loopback');
  const hosts = new Set(elsewhere.map((uri) => (uri.kind === 'https' ? uri.host : undefined)));
  const [host] = hosts;
  return hosts.size === 1 ? host : undefined;
}
