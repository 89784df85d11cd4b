import type { Instant } from '@vestibule/core';
import type { Authentication } from './authentication.ts';

/**
 * What an authorization code stands for. Bound to client, redirect URI, PKCE challenge, resource and person.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2 RFC 6749 §4.1.2}
 */
export interface AuthorizationCode {
  readonly grantId: string;
  readonly clientId: string;
  readonly subject: string;
  /** Where the code was sent, to the byte. */
  readonly redirectUri: string;
  /** The S256 challenge. */
  readonly codeChallenge: string;
  /** The API's resource indicator, as the realm writes it. */
  readonly resource: string;
  readonly scopes: readonly string[];
  /** How the person proved who they are. */
  readonly authentication: Authentication;
  /** When what it opens is to end, as the person chose. */
  readonly endsAt?: Instant;
  /** Whether it is exchanged for a refresh token, too: what the person approved said so. */
  readonly refreshable: boolean;
  /** For the ID token. */
  readonly nonce?: string;
  /** Thumbprint of the key that the client bound the code to. */
  readonly proofKey?: string;
}
