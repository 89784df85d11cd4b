import type { Grant } from './grant.ts';

/**
 * What an authorization code is bound to, beyond what its grant says: client, person, resource, scopes and authentication are
 * those of the grant.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2 RFC 6749 §4.1.2}
 */
export interface AuthorizationCode {
  readonly grantId: Grant['id'];
  /** The redirect URI that the code was sent to, exactly. */
  readonly redirectUri: string;
  /** The S256 challenge. */
  readonly codeChallenge: string;
  /** Whether it is also exchanged for a refresh token, as the approved page said. */
  readonly refreshable: boolean;
  /** For the ID token. */
  readonly nonce?: string;
  /** The thumbprint of the key that the client bound the code to. */
  readonly proofKey?: string;
}
