import type { AuditEvent } from '@vestibule/core/audit';
import type { Grant } from '../records/grant.ts';
import type { TokenRefusal } from '../errors/token-refusal.ts';

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
  /** For the ID token that is issued with a code. */
  readonly nonce?: string;
  /**
   * Consumes the code or refresh token, and records that tokens were issued. Until then nothing has changed, and no token
   * may be sent before.
   */
  readonly settle: (issued: TokenIssued) => Promise<Settlement>;
}

/** The result of consuming what was presented. */
export type Settlement = { readonly ok: true; readonly refreshToken?: string } | GrantRefused;

export interface GrantRefused {
  readonly ok: false;
  readonly refusal: TokenRefusal;
  /** A grant that this request ended, because it proved that another party has its code or token. */
  readonly ended?: { readonly grant: Grant; readonly reason: 'code-replayed' | 'refresh-token-replayed' };
}

export const denied = (refusal: TokenRefusal): GrantRefused => ({ ok: false, refusal });
