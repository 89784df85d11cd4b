import type { Instant } from '@vestibule/core';
import type { Authentication } from './authentication.ts';

/**
 * What an authorization code is issued for. Bound to client, redirect URI, PKCE challenge, resource and person.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2 RFC 6749 §4.1.2}
 */
export interface AuthorizationCode {
  readonly grantId: string;
  readonly clientId: string;
  readonly subject: string;
  /** The redirect URI that the code was sent to, exactly. */
  readonly redirectUri: string;
  /** The S256 challenge. */
  readonly codeChallenge: string;
  /** The resource indicator of the API, in the spelling of the realm. */
  readonly resource: string;
  readonly scopes: readonly string[];
  /** How the person authenticated. */
  readonly authentication: Authentication;
  /** When the grant ends, as the person chose. */
  readonly endsAt?: Instant;
  /** Whether it is also exchanged for a refresh token, as the approved page said. */
  readonly refreshable: boolean;
  /** For the ID token. */
  readonly nonce?: string;
  /** The thumbprint of the key that the client bound the code to. */
  readonly proofKey?: string;
}
