import { parseRedirectUri } from './parse-redirect-uri.ts';

/**
 * Whether the redirect URI of a request is one that was registered. Byte for byte, with one exception: an app
 * on this computer takes whatever port is free, so a loopback URI may come back on any port, and an empty path
 * is `/` there. `localhost` is still never `127.0.0.1`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.1.3 RFC 9700 §4.1.3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.3 RFC 8252 §7.3}
 */
export function matchesRedirectUri(registered: string, requested: string): boolean {
  if (registered === requested) return true;
  const left = parseRedirectUri(registered);
  const right = parseRedirectUri(requested);
  return (
    left.ok &&
    right.ok &&
    left.uri.kind === 'loopback' &&
    right.uri.kind === 'loopback' &&
    left.uri.host === right.uri.host &&
    left.uri.target === right.uri.target
  );
}
