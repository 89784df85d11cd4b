/** What goes back to the client. */
export type AuthorizationResponse =
  { readonly code: string } | { readonly error: string; readonly error_description: string };

export interface ResponseAddress {
  readonly redirectUri: string;
  readonly state?: string;
  readonly issuer: string;
}

/**
 * The redirect URI with the response in its query. What was registered stays to the byte; `iss` is on every
 * answer, errors too.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2 RFC 6749 §4.1.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9207#section-2 RFC 9207 §2}
 */
export function responseLocation(
  { redirectUri, state, issuer }: ResponseAddress,
  response: AuthorizationResponse,
): string {
  const parameters = new URLSearchParams({ ...response, ...(state !== undefined && { state }), iss: issuer });
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${parameters.toString()}`;
}
