import { toWireText } from '@vestibule/core';

/** Nothing that these endpoints answer may stay in a cache. */
const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' } as const;

/** No browser takes JSON for something else, whatever is in it. */
export const NOSNIFF = { 'x-content-type-options': 'nosniff' } as const;

/** A JSON answer that no cache keeps. */
export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(body, { status, headers: { ...NO_STORE, ...NOSNIFF, ...headers } });
}

/**
 * An OAuth error as JSON.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2 RFC 7591 §3.2.2}
 */
export function oauthError(
  status: number,
  error: string,
  description: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return json(status, { error, error_description: toWireText(description) }, headers);
}

/** `429`, and when to come back. */
export const tooMany = (what: string, retryAfter: number): Response =>
  oauthError(429, 'too_many_requests', `too many ${what}; try again in ${retryAfter} seconds`, {
    'retry-after': String(retryAfter),
  });
