import { toWireText } from '@vestibule/core';
import { streamOf } from '../response/known-body.ts';

/** A response as plain values. A server can send it with less work than a `Response`. */
export interface Reply {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The values of its `Set-Cookie` header fields. @default none */
  readonly cookies?: readonly string[];
  /** Absent: the response has no body. */
  readonly body?: string;
}

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

/** JSON that is not cached, as plain values. */
export const jsonReply = (
  status: number,
  body: unknown,
  headers?: Readonly<Record<string, string>>,
): Reply => ({
  status,
  headers: headers === undefined ? JSON_HEADERS : { ...JSON_HEADERS, ...headers },
  body: JSON.stringify(body),
});

/**
 * An OAuth error as JSON, as plain values.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2 RFC 7591 §3.2.2}
 */
export const errorReply = (
  status: number,
  error: string,
  description: string,
  headers?: Readonly<Record<string, string>>,
): Reply => jsonReply(status, { error, error_description: toWireText(description) }, headers);

/** `429` with `Retry-After`, as plain values. */
export const tooManyReply = (what: string, retryAfter: number): Reply =>
  errorReply(429, 'too_many_requests', `too many ${what}; try again in ${retryAfter} seconds`, {
    'retry-after': String(retryAfter),
  });

/** The standard response of a reply. */
export function toResponse({ status, headers, cookies = [], body }: Reply): Response {
  const response = new Response(body === undefined ? null : streamOf(body), { status, headers });
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}
