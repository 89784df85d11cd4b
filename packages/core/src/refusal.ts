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

/** An expected "no", returned as a value. Exceptions are only for bugs and outages. */
export interface Refusal {
  /** The error code of the RFC. Set it where the cause is known. */
  readonly code: RegistrationErrorCode;
  /** The stable id of the rule that refused, such as `redirect-uris.http-host`. */
  readonly rule: string;
  /** Names the member and what to do. Safe in responses: printable ASCII without `"` and `\`. */
  readonly description: string;
}

/** Creates a refusal whose description ends in the id of its rule: `… [redirect-uris.count]`. */
export function refusal(code: RegistrationErrorCode, rule: string, text: string): Refusal {
  return { code, rule, description: `${text} [${rule}]` };
}
