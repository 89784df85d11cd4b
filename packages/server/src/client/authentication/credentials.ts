import type { ClientAuthenticationMethod } from '@vestibule/core';
import { refuse, type TokenRefusal } from '../../errors/token-refusal.ts';
import { basicCredentials } from './basic.ts';

/** The client that a request names, and its credentials, before verification. */
export type Credentials =
  | { readonly method: Extract<ClientAuthenticationMethod, 'none'>; readonly clientId: string }
  | {
      readonly method: Extract<ClientAuthenticationMethod, 'client_secret_basic' | 'client_secret_post'>;
      readonly clientId: string;
      readonly secret: string;
    }
  | {
      readonly method: Extract<ClientAuthenticationMethod, 'private_key_jwt'>;
      /** Absent: only the assertion names the client. */
      readonly clientId?: string;
      readonly assertion: string;
    };

/** @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-2.2 RFC 7523 §2.2} */
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * Reads the credentials of a client: exactly one method, or none if only the id is sent.
 *
 * @param authorization the `Authorization` header
 * @param parameters none of them empty or repeated
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3 RFC 6749 §2.3}
 */
export function credentialsOf(
  authorization: string | null,
  parameters: URLSearchParams,
): Credentials | TokenRefusal {
  const clientId = parameters.get('client_id');
  const secret = parameters.get('client_secret');
  const assertion = parameters.get('client_assertion');
  const assertionType = parameters.get('client_assertion_type');

  const shown = [authorization, secret, assertion ?? assertionType];
  if (shown.filter((means) => means !== null).length > 1) {
    return refuse('invalid_request', 'a client must authenticate in one way, not in several');
  }
  if (authorization !== null) return fromHeader(authorization, clientId);
  if (assertion !== null || assertionType !== null) {
    if (assertion === null) return refuse('invalid_request', 'client_assertion is missing');
    return assertionType === ASSERTION_TYPE
      ? { method: 'private_key_jwt', assertion, ...(clientId !== null && { clientId }) }
      : refuse('invalid_request', `client_assertion_type must be ${ASSERTION_TYPE}`);
  }
  if (clientId === null) return refuse('invalid_client', 'client_id is missing');
  return secret === null ? { method: 'none', clientId } : { method: 'client_secret_post', clientId, secret };
}

/** The body can name the client as well, and must then name the same one. */
function fromHeader(authorization: string, named: string | null): Credentials | TokenRefusal {
  const basic = basicCredentials(authorization);
  if (basic === undefined) {
    return refuse('invalid_client', 'the Authorization header must hold Basic credentials: id and secret');
  }
  const { id: clientId, secret } = basic;
  return named === null || named === clientId
    ? { method: 'client_secret_basic', clientId, secret }
    : refuse('invalid_request', 'client_id is not the one of the Authorization header');
}
