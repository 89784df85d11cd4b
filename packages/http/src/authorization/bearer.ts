import { toWireText } from '@vestibule/core';
import { errorReply, type Reply } from '../program/reply.ts';

/** RFC 6750 §2.1 and RFC 9110 §11.4: the scheme is case-insensitive, followed by one `b64token`. */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i;

/** Stands for credentials that are not a bearer token. No token equals it. */
const UNKNOWN_TOKEN = '';

/**
 * The token of the `Authorization` header, or `undefined` if the request has no such header. Other credentials count as an
 * unknown token.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-2.1 RFC 6750 §2.1}
 */
export function bearerToken(request: { readonly headers: Pick<Headers, 'get'> }): string | undefined {
  const header = request.headers.get('authorization');
  return header === null ? undefined : (BEARER.exec(header)?.[1] ?? UNKNOWN_TOKEN);
}

/**
 * `401` for a missing or invalid token. If no token was sent, the challenge has no error code.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3.1 RFC 6750 §3.1}
 */
export function unauthorized(token: 'missing' | 'invalid', description: string): Reply {
  const challenge =
    token === 'missing'
      ? 'Bearer realm="registration"'
      : `Bearer realm="registration", error="invalid_token", error_description="${toWireText(description)}"`;
  return errorReply(401, 'invalid_token', description, { 'www-authenticate': challenge });
}
