import { toWireText } from '@vestibule/core';
import { oauthError } from '../response/json.ts';

/** RFC 6750 §2.1 and RFC 9110 §11.4: the scheme in any case, one token of its characters. */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i;

/** What somebody who sent something else than a token sent: no token is like it. */
const NONE_SUCH = '';

/**
 * The token of the `Authorization` header; `undefined` where there is no such header. What is there and is no bearer
 * token counts as one that nobody has.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-2.1 RFC 6750 §2.1}
 */
export function bearerToken(request: Request): string | undefined {
  const header = request.headers.get('authorization');
  return header === null ? undefined : (BEARER.exec(header)?.[1] ?? NONE_SUCH);
}

/**
 * `401` for a request without a good token. One that had none is told nothing but that a token is wanted.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3.1 RFC 6750 §3.1}
 */
export function unauthorized(token: 'missing' | 'invalid', description: string): Response {
  const challenge =
    token === 'missing'
      ? 'Bearer realm="registration"'
      : `Bearer realm="registration", error="invalid_token", error_description="${toWireText(description)}"`;
  return oauthError(401, 'invalid_token', description, { 'www-authenticate': challenge });
}
