import type { AuditEvent } from '@vestibule/core';
import type { Grant } from '../records/grant.ts';
import type { TokenRefusal } from '../errors/token-refusal.ts';

/** What a grant type makes of a token request. */
export type GrantOutcome = Granted | GrantRefused;

/** The event of tokens that are issued. */
export type TokenIssued = Extract<AuditEvent, { type: 'token.issued' }>;

/** What tokens are issued from, once {@link Granted.settle} has used up what was presented. */
export interface Granted {
  readonly ok: true;
  readonly grant: Pick<Grant, 'id' | 'clientId' | 'subject' | 'resource' | 'authentication' | 'endsAt'>;
  /** Of the access token: what was granted, as far as the gates let it through at this moment. */
  readonly scopes: readonly string[];
  /** Thumbprint of the key that the access token is bound to. Absent: it is a bearer token. */
  readonly proofKey?: string;
  /** For the ID token that comes with a code. */
  readonly nonce?: string;
  /**
   * Uses up the code or refresh token, and records that tokens were issued. Until then nothing has changed, and no token may
   * go out before.
   */
  readonly settle: (issued: TokenIssued) => Promise<Settlement>;
}

/** What became of what was presented. */
export type Settlement = { readonly ok: true; readonly refreshToken?: string } | GrantRefused;

export interface GrantRefused {
  readonly ok: false;
  readonly refusal: TokenRefusal;
  /** A grant that this request ended, because it showed that somebody else holds its code or token. */
  readonly ended?: { readonly grant: Grant; readonly reason: 'code-replayed' | 'refresh-token-replayed' };
}

export const denied = (refusal: TokenRefusal): GrantRefused => ({ ok: false, refusal });
