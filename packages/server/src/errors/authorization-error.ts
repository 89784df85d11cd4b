import type { Gate } from '@vestibule/core';

/** @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1 RFC 6749 §4.1.2.1} */
export interface AuthorizationError {
  readonly error: string;
  readonly description: string;
  /** The closed gate, for audit events. */
  readonly gate?: Gate;
}
