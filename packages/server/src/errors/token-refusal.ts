import type { Gate } from '@vestibule/core';
import type { ProofError } from '@vestibule/dpop';
import type { GateError } from './gate-error.ts';

/**
 * Why the token endpoint says no. The client learns `error` and `description`, which are vaguer than `reason`:
 * somebody with a stolen code or token is not told what is wrong with it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 */
export interface TokenRefusal {
  readonly error: TokenErrorCode;
  readonly description: string;
  /** For the audit only. */
  readonly reason: string;
  /** What was presented exists and belongs to another: it may be stolen. For the audit only. */
  readonly misused?: true;
  readonly gate?: Gate;
}

export type TokenErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'invalid_target'
  | ProofError;

/** RFC 6749 §5.2: a client that cannot be told is a `401`, which makes agents register anew; all else is a `400`. */
export const statusOf = (error: TokenErrorCode): number => (error === 'invalid_client' ? 401 : 400);

export const refuse = (
  error: TokenErrorCode,
  description: string,
  reason: string = description,
): TokenRefusal => ({
  error,
  description,
  reason,
});

/** A code that cannot be exchanged, whatever the reason. */
export const invalidCode = (reason: string): TokenRefusal =>
  refuse(
    'invalid_grant',
    'the authorization code is not valid, or no longer, or not for this request',
    reason,
  );

/** A refresh token that cannot be used, whatever the reason. */
export const invalidRefreshToken = (reason: string): TokenRefusal =>
  refuse('invalid_grant', 'the refresh token is not valid, or no longer', reason);

/** Marks a refusal of a code, a token or a client's name that exists, which was presented by another than its holder. */
export const asMisused = (refusal: TokenRefusal): TokenRefusal => ({ ...refusal, misused: true });

/** A closed gate, as the token endpoint says it. */
export const closedGate = ({ error, description, gate }: GateError): TokenRefusal => ({
  error,
  description,
  reason: `the gate of the ${gate} is closed`,
  gate,
});
