import type { Instant } from '@vestibule/core';
import type { Authentication } from './authentication.ts';
import type { DisplayedClient } from './displayed-client.ts';

/** What a person allowed: this client, at this API, these scopes. Tokens are issued from it. */
export interface Grant {
  readonly realm: string;
  readonly id: string;
  readonly clientId: string;
  readonly subject: string;
  /** The API's resource indicator, as the realm writes it. */
  readonly resource: string;
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
  /** When nothing of it can be used any more: no code, no refresh token. Grows with each refresh, up to `endsAt`. */
  readonly expiresAt: Instant;
  /** When the person wanted it to end, however often it is refreshed. Absent: when they revoke it. */
  readonly endsAt?: Instant;
  /** How the person proved who they are when they allowed it. */
  readonly authentication: Authentication;
  /**
   * Thumbprint of the key of the client's that its tokens are bound to. Absent: they are bearer tokens.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-6.1 RFC 9449 §6.1}
   */
  readonly proofKey?: string;
  /** What the person saw of the client when they allowed it. Absent: the grant is from before this was kept. */
  readonly displayed?: DisplayedClient;
}
