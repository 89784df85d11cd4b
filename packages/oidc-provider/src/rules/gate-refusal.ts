import { type Gate, quote } from '@vestibule/core';
import { errors } from 'oidc-provider';

/**
 * The error of a closed gate: the same at authorization, at the code exchange and at a refresh.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-2 RFC 8707 §2}
 */
export function gateRefusal(gate: Gate, resource: string, scope: string): Error {
  switch (gate) {
    case 'realm':
      return new errors.UnauthorizedClient(
        'clients that registered themselves are not accepted here at present',
      );
    case 'api':
      return new errors.InvalidTarget(
        `resource ${quote(resource)} is no API here, or not one that is open to clients that registered themselves`,
      );
    case 'scope':
      return new errors.InvalidScope('none of the scopes is open to this client at this API', scope);
  }
}
