import type { Instant } from '@vestibule/core';
import type { RequestedInteraction } from './prompt.ts';
import type { ResponseMode } from './response-mode.ts';
import type { DisplayedClient } from '../records/displayed-client.ts';
import type { Authentication } from '../records/authentication.ts';

/**
 * A person's part of one authorization: from the request that was found good to the answer that goes back.
 * Kept by the server and bound to the browser it began in.
 */
export interface Interaction {
  readonly realm: string;
  /** Opaque; stands in links and forms. Worth nothing in another browser. */
  readonly id: string;
  /** Hash of the secret in the cookie of the browser it began in. */
  readonly browserHash: string;
  readonly request: AuthorizationRequest;
  readonly startedAt: Instant;
  readonly expiresAt: Instant;
  readonly decision?: Decision;
}

/** An authorization request that passed every check. */
export interface AuthorizationRequest {
  readonly clientId: string;
  /** Where the response goes, to the byte. Proven: it matches one that is registered. */
  readonly redirectUri: string;
  readonly state?: string;
  /** How the answer travels. Absent: in the query. */
  readonly responseMode?: ResponseMode;
  /** The API's resource indicator, as the realm writes it. */
  readonly resource: string;
  /** What the gates let through of what was asked. */
  readonly scopes: readonly string[];
  /** The S256 challenge. */
  readonly codeChallenge: string;
  /** How the person is to be met. Absent: as usual. */
  readonly interaction?: RequestedInteraction;
  /** For the ID token. */
  readonly nonce?: string;
  /** The key of the pushed request that it came from. Absent: it was not pushed. */
  readonly pushedKey?: string;
  /** Thumbprint of the key that the code is to be bound to (`dpop_jkt`). */
  readonly proofKey?: string;
}

/** How the person's part ended. The first decision stands. */
export type Decision =
  | {
      readonly kind: 'approved';
      readonly subject: string;
      readonly scopes: readonly string[];
      readonly at: Instant;
      readonly authentication: Authentication;
      /** When what was approved is to end. Absent: when the person revokes it. */
      readonly endsAt?: Instant;
      /** Whether the client may refresh it: the page said for how long it keeps this access. */
      readonly refreshable: boolean;
      /** What the page displayed of the client. Absent: it was decided before this was kept. */
      readonly displayed?: DisplayedClient;
    }
  | { readonly kind: 'denied'; readonly at: Instant }
  /** A gate was closed meanwhile. */
  | { readonly kind: 'refused'; readonly error: string; readonly description: string; readonly at: Instant };

/** An interaction, met again in the browser it began in. */
export interface BoundInteraction {
  readonly interaction: Interaction;
  /** What only that browser holds. Never stored, shown or logged. */
  readonly browserSecret: string;
}
