import type { Gate, PersonRule } from '@vestibule/core';
import type { ProofError } from '@vestibule/dpop';
import type { GateError } from './gate-error.ts';

/**
 * Why the token endpoint refuses. The client gets `error` and `description`, which are less specific than `reason`: the
 * holder of a stolen code or token does not learn what is wrong with it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 */
export interface TokenRefusal {
  readonly error: TokenErrorCode;
  readonly description: string;
  /** For audit events only. */
  readonly reason: string;
  /** The presented code, token or client belongs to another client: it may be stolen. For audit events only. */
  readonly misused?: true;
  readonly gate?: Gate;
  /** The rule that the person of the grant breaks. */
  readonly rule?: PersonRule;
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

/** RFC 6749 §5.2: failed client authentication is a `401`, which makes agents register again; everything else is a `400`. */
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

/** A code that cannot be exchanged, for any reason. */
export const invalidCode = (reason: string): TokenRefusal =>
  refuse(
    'invalid_grant',
    'the authorization code is not valid, or no longer, or not for this request',
    reason,
  );

/** A refresh token that cannot be used, for any reason. */
export const invalidRefreshToken = (reason: string): TokenRefusal =>
  refuse('invalid_grant', 'the refresh token is not valid, or no longer', reason);

/** Marks the refusal of an existing code, token or client that another client presented. */
export const asMisused = (refusal: TokenRefusal): TokenRefusal => ({ ...refusal, misused: true });

/**
 * The person of the grant is in none of the groups that the API allows now. `invalid_grant` makes agents authorize again, where the
 * person reads why.
 */
export const personNotAllowed: TokenRefusal = {
  ...refuse(
    'invalid_grant',
    'the person who allowed this may not let apps use this API at present',
    'the person is in none of the groups that the API allows',
  ),
  rule: 'api.allowed-groups',
};

/** A closed gate as an error of the token endpoint. */
export const closedGate = ({ error, description, gate }: GateError): TokenRefusal => ({
  error,
  description,
  reason: `the gate of the ${gate} is closed`,
  gate,
});
