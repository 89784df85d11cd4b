import { parseRedirectUri } from './parse-redirect-uri.ts';

/**
 * What a redirect URI leads to, as people tell destinations apart: a website, this computer, or the app of a scheme. All loopback
 * URIs lead to this computer: programs choose the port, and list the spellings of its host side by side.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.3 RFC 8252 §7.3}
 */
export function redirectTarget(redirectUri: string): string {
  const parsed = parseRedirectUri(redirectUri);
  if (!parsed.ok) return redirectUri;
  const { uri } = parsed;
  switch (uri.kind) {
    case 'https':
      return `https://${uri.host}`;
    case 'loopback':
      return 'loopback';
    case 'private-use':
      return `${uri.scheme}://${uri.authority ?? ''}`;
  }
}
