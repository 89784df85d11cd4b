import type { Instant } from '@vestibule/core';
import type { RequestedInteraction } from './prompt.ts';
import type { ResponseMode } from './response-mode.ts';
import type { DisplayedClient } from '../records/displayed-client.ts';
import type { Authentication } from '../records/authentication.ts';
import type { BoundMethod } from '../records/grant.ts';

/**
 * The state of one authorization, from an accepted request to the response. Stored by the server and bound to the browser
 * that it began in.
 */
export interface Interaction {
  readonly realm: string;
  /** Opaque; part of links and forms. Useless in another browser. */
  readonly id: string;
  /** The hash of the secret in the cookie of the browser that it began in. */
  readonly browserHash: string;
  readonly request: AuthorizationRequest;
  readonly startedAt: Instant;
  readonly expiresAt: Instant;
  readonly decision?: Decision;
}

/** An authorization request that passed every check. */
export interface AuthorizationRequest {
  readonly clientId: string;
  /** Where the response is sent, exactly as requested. It matches a registered redirect URI. */
  readonly redirectUri: string;
  readonly state?: string;
  /** How the response is transported. Absent: in the query. */
  readonly responseMode?: ResponseMode;
  /** The resource indicator of the API, in the spelling of the realm. */
  readonly resource: string;
  /** The requested scopes that the gates allow. */
  readonly scopes: readonly string[];
  /** The S256 challenge. */
  readonly codeChallenge: string;
  /** Requirements for the sign-in and the pages. Absent: none. */
  readonly interaction?: RequestedInteraction;
  /** For the ID token. */
  readonly nonce?: string;
  /** The key of the pushed request. Absent: the request was not pushed. */
  readonly pushedKey?: string;
  /** The URL of the metadata document that verified the registered client when the interaction began. Absent: none did. */
  readonly verifyingDocument?: string;
  /** How the client authenticated when it pushed the request, if its grant is to be bound to that. */
  readonly clientMethod?: BoundMethod;
  /** The thumbprint of the key that the code must be bound to (`dpop_jkt`). */
  readonly proofKey?: string;
}

/** The result of the interaction. The first decision is final. */
export type Decision =
  | {
      readonly kind: 'approved';
      readonly subject: string;
      readonly scopes: readonly string[];
      readonly at: Instant;
      readonly authentication: Authentication;
      /** When the approved access ends. Absent: when the person revokes it. */
      readonly endsAt?: Instant;
      /** Whether the client can refresh: the page displayed for how long it keeps this access. */
      readonly refreshable: boolean;
      /**
       * The code was stored with the decision. Absent: it is stored when the authorization response page is opened, because its
       * client has to be reactivated or restored before, or because the decision is from before codes were stored with it.
       */
      readonly isCodeStored?: true;
      /**
       * The tokens come from a provider, which issues them after this decision: only then a code is stored. Absent: they come from
       * this server.
       */
      readonly issuedBy?: 'provider';
      /** What the page displayed about the client. Absent in decisions from before this was stored. */
      readonly displayed?: DisplayedClient;
    }
  | { readonly kind: 'denied'; readonly at: Instant }
  /** A gate was closed meanwhile. */
  | { readonly kind: 'refused'; readonly error: string; readonly description: string; readonly at: Instant };

/** An interaction that was resumed in its browser. */
export interface BoundInteraction {
  readonly interaction: Interaction;
  /** The secret of that browser. Never stored, displayed or logged. */
  readonly browserSecret: string;
}
