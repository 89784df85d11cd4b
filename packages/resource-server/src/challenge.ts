import {
  challengeHeader,
  type PresentedToken,
  type ProofError,
  type TokensTaken,
  toWireText,
} from '@vestibule/dpop';

/** Why a request is not let in, as RFC 6750 and RFC 9449 say it. */
export type ChallengeError = 'invalid_token' | 'insufficient_scope' | ProofError;

export interface Challenge {
  /** Where the protected resource metadata is. */
  readonly metadataUrl: string;
  readonly taken: TokensTaken;
  /** How the token came. Absent: there was none. */
  readonly presented?: PresentedToken['scheme'];
  /** The scopes that would do. */
  readonly scopes: readonly string[];
  /** Absent where the request came without a token: then there is nothing to say about one. */
  readonly error?: ChallengeError;
  readonly description?: string;
  /** For the client's next proof. */
  readonly nonce?: string;
}

/**
 * The answer that tells a client where to get in.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 RFC 6750 §3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-5.1 RFC 9728 §5.1}
 */
export function challengeResponse(challenge: Challenge): Response {
  const { metadataUrl, taken, presented, scopes, error, description, nonce } = challenge;
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
  const header = challengeHeader({ taken, parameters, ...(presented !== undefined && { presented }) });
  return Response.json(body, {
    status: error === 'insufficient_scope' ? 403 : 401,
    headers: {
      'www-authenticate': header,
      ...(nonce !== undefined && { 'dpop-nonce': nonce }),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // Agents that run in a page have to be able to read the challenge.
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'www-authenticate, dpop-nonce',
    },
  });
}

/**
 * The answer to a token that can be judged a little later: no challenge, since a client would take one for a reason to ask the
 * person again.
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
