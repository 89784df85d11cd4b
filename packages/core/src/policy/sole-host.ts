import type { RedirectUri } from '../redirect-uri/redirect-uri.ts';

/**
 * The only https host that a client sends people to: every redirect URI that is not a loopback URI has it. `undefined` if
 * there are several hosts, or a private-use scheme.
 */
export function soleHost(uris: readonly RedirectUri[]): string | undefined {
  let sole: string | undefined;
  for (const uri of uris) {
    if (uri.kind === 'loopback') continue;
    if (uri.kind === 'private-use') return undefined;
    if (sole !== undefined && sole !== uri.host) return undefined;
    sole = uri.host;
  }
  return sole;
}
