import type { ClientAuthenticationMethod, Instant } from '@vestibule/core';
import type { Authentication } from './authentication.ts';
import type { DisplayedClient } from './displayed-client.ts';

/** A method of client authentication that a grant can be bound to, because the document of its client can change. */
export type BoundMethod = Extract<ClientAuthenticationMethod, 'private_key_jwt'>;

/** What a person allowed: this client, at this API, these scopes. Tokens are issued from it. */
export interface Grant {
  readonly realm: string;
  readonly id: string;
  readonly clientId: string;
  readonly subject: string;
  /** The resource indicator of the API, in the spelling of the realm. */
  readonly resource: string;
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
  /** When its code and refresh tokens are no longer usable. Each refresh extends it, up to `endsAt`. */
  readonly expiresAt: Instant;
  /** When it ends, as the person chose, however often it is refreshed. Absent: when they revoke it. */
  readonly endsAt?: Instant;
  /** How the person authenticated when they allowed it. */
  readonly authentication: Authentication;
  /**
   * The thumbprint of the client's key that its tokens are bound to. Absent for bearer tokens.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-6.1 RFC 9449 §6.1}
   */
  readonly proofKey?: string;
  /**
   * The method by which the client has to authenticate for this grant, whatever its document allows later. Never beside `proofKey`: a
   * client that authenticates can change the key of its proofs. Absent: the client authenticates as it is registered, or its document
   * allowed `none`, and it used that.
   */
  readonly clientMethod?: BoundMethod;
  /** What the person saw of the client when they allowed it. Absent in grants from before this was stored. */
  readonly displayed?: DisplayedClient;
}
