import { toWireText } from '@vestibule/core';
import { streamOf } from './known-body.ts';

/** No response of these endpoints may be cached. */
const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' } as const;

/** Browsers do not interpret JSON as another media type, whatever it contains. */
export const NOSNIFF = { 'x-content-type-options': 'nosniff' } as const;

/** The headers of a JSON response that is not cached. */
export const JSON_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'application/json',
  ...NO_STORE,
  ...NOSNIFF,
};

/** A JSON response that is not cached. */
export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(streamOf(JSON.stringify(body)), {
    status,
    headers: { ...JSON_HEADERS, ...headers },
  });
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

/** `429` with `Retry-After`. */
export const tooMany = (what: string, retryAfter: number): Response =>
  oauthError(429, 'too_many_requests', `too many ${what}; try again in ${retryAfter} seconds`, {
    'retry-after': String(retryAfter),
  });
