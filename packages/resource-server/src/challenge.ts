/** Why a request is not let in, as RFC 6750 says it. */
export type ChallengeError = 'invalid_token' | 'insufficient_scope';

const STATUS: Readonly<Record<ChallengeError, number>> = {
  invalid_token: 401,
  insufficient_scope: 403,
};

export interface Challenge {
  /** Where the protected resource metadata is. */
  readonly metadataUrl: string;
  /** The scopes that would do. */
  readonly scopes: readonly string[];
  /** Absent where the request came without a token: then there is nothing to say about one. */
  readonly error?: ChallengeError;
  readonly description?: string;
}

/**
 * The answer that tells a client where to get in.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 RFC 6750 §3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-5.1 RFC 9728 §5.1}
 */
export function challengeResponse({ metadataUrl, scopes, error, description }: Challenge): Response {
  const parameters = [
    ...(error === undefined ? [] : [`error="${error}"`]),
    ...(description === undefined ? [] : [`error_description="${description}"`]),
    ...(scopes.length === 0 ? [] : [`scope="${scopes.join(' ')}"`]),
    `resource_metadata="${metadataUrl}"`,
  ];
  const body = {
    error: error ?? 'unauthorized',
    error_description: description ?? 'an access token is needed',
  };
  return Response.json(body, {
    status: error === undefined ? 401 : STATUS[error],
    headers: {
      'www-authenticate': `Bearer ${parameters.join(', ')}`,
      'cache-control': 'no-store',
      // Agents that run in a page have to be able to read the challenge.
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'www-authenticate',
    },
  });
}
