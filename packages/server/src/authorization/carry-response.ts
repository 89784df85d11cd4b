import { toWireText } from '@vestibule/core';
import type { ResponseMode } from '../authorization-request/response-mode.ts';

/** The response to the client. */
export type AuthorizationResponse =
  { readonly code: string } | { readonly error: string; readonly error_description: string };

export interface ResponseAddress {
  readonly redirectUri: string;
  readonly state?: string;
  readonly issuer: string;
}

/** The response as the browser transports it. */
export interface CarriedResponse {
  /** Where the browser is sent, with the redirect URI exactly as requested. */
  readonly location: string;
  /** The fields that the browser posts there. Absent: the response is in the query. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** Transports the response as the client requested. */
export function carryResponse(
  address: ResponseAddress & { readonly responseMode?: ResponseMode },
  response: AuthorizationResponse,
): CarriedResponse {
  return address.responseMode === 'form_post'
    ? { location: address.redirectUri, fields: responseParameters(address, response) }
    : { location: responseLocation(address, response) };
}

/**
 * The redirect URI, unchanged, with the response added to its query.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2 RFC 6749 §4.1.2}
 */
export function responseLocation(address: ResponseAddress, response: AuthorizationResponse): string {
  const { redirectUri } = address;
  const parameters = new URLSearchParams(responseParameters(address, response));
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${parameters.toString()}`;
}

/**
 * `iss` is in every response, including errors.
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
