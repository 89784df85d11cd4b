import { parseRedirectUri } from './parse-redirect-uri.ts';

/**
 * Whether the redirect URI of a request matches a registered one. Compared byte for byte, with one exception: a loopback URI
 * can have any port, because an app on the computer uses a free one, and there an empty path equals `/`. `localhost` never
 * matches `127.0.0.1`.
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
