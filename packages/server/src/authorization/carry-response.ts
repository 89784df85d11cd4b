import { toWireText } from '@vestibule/core';
import type { ResponseMode } from '../authorization-request/response-mode.ts';

/** What goes back to the client. */
export type AuthorizationResponse =
  { readonly code: string } | { readonly error: string; readonly error_description: string };

export interface ResponseAddress {
  readonly redirectUri: string;
  readonly state?: string;
  readonly issuer: string;
}

/** The answer as the browser carries it. */
export interface CarriedResponse {
  /** Where the browser goes. What was registered stays to the byte. */
  readonly location: string;
  /** What it posts there. Absent: the answer is in the query. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** The answer, carried as the client asked. */
export function carryResponse(
  address: ResponseAddress & { readonly responseMode?: ResponseMode },
  response: AuthorizationResponse,
): CarriedResponse {
  return address.responseMode === 'form_post'
    ? { location: address.redirectUri, fields: responseParameters(address, response) }
    : { location: responseLocation(address, response) };
}

/**
 * The redirect URI with the response in its query. What was registered stays to the byte.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2 RFC 6749 §4.1.2}
 */
export function responseLocation(address: ResponseAddress, response: AuthorizationResponse): string {
  const { redirectUri } = address;
  const parameters = new URLSearchParams(responseParameters(address, response));
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${parameters.toString()}`;
}

/**
 * `iss` is on every answer, errors too.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9207#section-2 RFC 9207 §2}
 */
const responseParameters = (
  { state, issuer }: ResponseAddress,
  response: AuthorizationResponse,
): Record<string, string> => ({
  ...('error' in response
    ? { error: response.error, error_description: toWireText(response.error_description) }
    : response),
  ...(state !== undefined && { state }),
  iss: issuer,
});
