import {
  challengeHeader,
  type PresentedToken,
  type ProofError,
  type AcceptedTokens,
  toWireText,
} from '@vestibule/dpop';

/** Why a request is refused, by the error codes of RFC 6750 and RFC 9449. */
export type ChallengeError = 'invalid_token' | 'insufficient_scope' | ProofError;

export interface Challenge {
  /** The URL of the protected resource metadata. */
  readonly metadataUrl: string;
  readonly accepted: AcceptedTokens;
  /** The scheme of the token. Absent if no token was sent. */
  readonly presented?: PresentedToken['scheme'];
  /** The scopes that would be sufficient. */
  readonly scopes: readonly string[];
  /** Absent if the request has no token. */
  readonly error?: ChallengeError;
  readonly description?: string;
  /** The nonce for the next proof. */
  readonly nonce?: string;
}

/**
 * The response that tells a client where to get a token.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 RFC 6750 §3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-5.1 RFC 9728 §5.1}
 */
export function challengeResponse(challenge: Challenge): Response {
  const { metadataUrl, accepted, presented, scopes, error, description, nonce } = challenge;
  const parameters = {
    ...(error !== undefined && { error }),
    ...(description !== undefined && { error_description: description }),
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    resource_metadata: metadataUrl,
  };
  const body = {
    error: error ?? 'unauthorized',
    error_description: toWireText(description ?? 'an access token is needed'),
  };
  const header = challengeHeader({ accepted, parameters, ...(presented !== undefined && { presented }) });
  return Response.json(body, {
    status: error === 'insufficient_scope' ? 403 : 401,
    headers: {
      'www-authenticate': header,
      ...(nonce !== undefined && { 'dpop-nonce': nonce }),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // Agents that run in a page need to read the challenge.
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'www-authenticate, dpop-nonce',
    },
  });
}

/**
 * The response to a token that can be verified a little later. It is not a challenge, because a client would react to that
 * by asking the person again.
 *
 * @param retryAfter in seconds
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 RFC 9110 §10.2.3}
 */
export const laterResponse = (retryAfter: number): Response =>
  Response.json(
    {
      error: 'temporarily_unavailable',
      error_description: 'the access token cannot be verified just now; try again soon',
    },
    {
      status: 503,
      headers: {
        'retry-after': String(retryAfter),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'retry-after',
      },
    },
  );
