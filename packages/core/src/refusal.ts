/**
 * The error codes of a refused registration.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2 RFC 7591 §3.2.2}
 */
export type RegistrationErrorCode =
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  | 'invalid_software_statement'
  | 'unapproved_software_statement';

/** An expected "no", as a value. Exceptions are for bugs and outages only. */
export interface Refusal {
  /** The RFC's error code, set where the fault is known. */
  readonly code: RegistrationErrorCode;
  /** Stable id of the rule that refused, such as `redirect-uris.http-host`. */
  readonly rule: string;
  /** Names the member and what to do. May go on the wire: printable ASCII, no `"` and no `\`. */
  readonly description: string;
}

/** Makes a refusal whose description ends in the id of its rule: `… [redirect-uris.count]`. */
export function refusal(code: RegistrationErrorCode, rule: string, text: string): Refusal {
  return { code, rule, description: `${text} [${rule}]` };
}
