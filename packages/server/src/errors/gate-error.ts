import { type Gate, quote } from '@vestibule/core';

/** The error for a closed gate. */
export interface GateError {
  readonly error: 'unauthorized_client' | 'invalid_target' | 'invalid_scope';
  readonly description: string;
  readonly gate: Gate;
}

/**
 * The same at authorization, at the person's decision, at the exchange and at a refresh.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-2 RFC 8707 §2}
 */
export function gateError(
  gate: Gate,
  asked: { readonly resource: string; readonly scope: string },
): GateError {
  switch (gate) {
    case 'realm':
      return {
        gate,
        error: 'unauthorized_client',
        description: 'clients that registered themselves are not accepted here at present',
      };
    case 'api':
      return {
        gate,
        error: 'invalid_target',
        description: `resource ${quote(asked.resource)} is no API here, or not one that is open to clients that registered themselves`,
      };
    case 'scope':
      return {
        gate,
        error: 'invalid_scope',
        description:
          asked.scope === ''
            ? 'this API has no scope that is open to this client'
            : `none of the scopes ${quote(asked.scope)} is open to this client at this API`,
      };
  }
}
