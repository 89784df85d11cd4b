import type { Instant } from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import type { Grant } from '../records/grant.ts';
import { assertionUsed } from '../client/authentication/authenticate-client.ts';
import type { AssertionUse } from '../client/authentication/proof.ts';
import { USED_BEFORE } from '../dpop/presented-proof.ts';
import { refuse, type TokenRefusal } from '../errors/token-refusal.ts';
import type { Change } from '../ports/commit.ts';

/** The result of a grant type for a token request. */
export type GrantOutcome = Granted | GrantRefused;

/** The event about issued tokens. */
export type TokenIssued = Extract<AuditEvent, { type: 'token.issued' }>;

/** What tokens are issued from after {@link Granted.settle} has consumed what was presented. */
export interface Granted {
  readonly ok: true;
  readonly grant: Pick<Grant, 'id' | 'clientId' | 'subject' | 'resource' | 'authentication' | 'endsAt'>;
  /** The scopes of the access token: those of the grant that the gates currently allow. */
  readonly scopes: readonly string[];
  /** The thumbprint of the key that the access token is bound to. Absent for a bearer token. */
  readonly proofKey?: string;
  /** The refresh of a grant. Absent: a code is exchanged. */
  readonly refresh?: {
    /** The hash of the presented refresh token. */
    readonly presented: string;
    /** The scopes that the person approved. */
    readonly approved: readonly string[];
    /** When the grant expires afterwards. */
    readonly expiresAt: Instant;
  };
  /** For the ID token that is issued with a code. */
  readonly nonce?: string;
  /**
   * Consumes the code or refresh token, and records that tokens were issued, in one commit with the changes beside. Until then
   * nothing has changed, and no token may be sent before.
   */
  readonly settle: (issued: TokenIssued, beside: readonly BesideTokens[]) => Promise<Settlement>;
}

/** What is committed together with the tokens: the use of the client, of its proof and of its assertion. */
export type BesideTokens = Extract<Change, { readonly kind: 'client.use' | 'replay.note' }>;

/** The result of consuming what was presented. */
export type Settlement = { readonly ok: true; readonly refreshToken?: string } | GrantRefused;

export interface GrantRefused {
  readonly ok: false;
  readonly refusal: TokenRefusal;
  /** A grant to end, because this request proved that another party has its code or token, or the provider has ended it. */
  readonly ends?: {
    readonly grant: Pick<Grant, 'id' | 'realm' | 'clientId'>;
    readonly reason: 'code-replayed' | 'refresh-token-replayed' | 'provider';
  };
}

export const denied = (refusal: TokenRefusal): GrantRefused => ({ ok: false, refusal });

/**
 * The refusal of a request whose proof or assertion another request has used at the same time.
 *
 * @param unmade the change that was not made
 * @param assertion the change that uses up the assertion of the request
 */
export const usedBefore = (
  unmade: BesideTokens | undefined,
  assertion: AssertionUse | undefined,
): GrantRefused =>
  denied(
    assertion !== undefined && unmade === assertion
      ? assertionUsed()
      : refuse(USED_BEFORE.error, USED_BEFORE.description, USED_BEFORE.reason),
  );
