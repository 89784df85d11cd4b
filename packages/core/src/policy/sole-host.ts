import type { RedirectUri } from '../redirect-uri/redirect-uri.ts';

/**
 * The only https host that a client sends people to: every redirect URI that is not a loopback URI has it. `undefined` if
 * there are several hosts, or a private-use scheme.
 */
export function soleHost(uris: readonly RedirectUri[]): string | undefined {
  const elsewhere = uris.filter((uri) => uri.kind !== 'loopback');
  const hosts = new Set(elsewhere.map((uri) => (uri.kind === 'https' ? uri.host : undefined)));
  const [host] = hosts;
  return hosts.size === 1 ? host : undefined;
}
