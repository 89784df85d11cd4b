/**
 * An authorization request that a client pushed, as it is kept until the person's browser comes with its `request_uri`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-2 RFC 9126 §2}
 */
export interface PushedRequest {
  readonly clientId: string;
  /** Its parameters, as a query. */
  readonly query: string;
}
