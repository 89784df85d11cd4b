import { presentedToken } from '@vestibule/dpop';
import { checkOptions, type OptionTable } from '../check-options.ts';
import type { PresentedRequest } from '../dpop/proof.ts';
import { IssuerUnavailable } from '../issuer/unavailable.ts';
import type { ResourceServer } from '../resource-server.ts';
import type { AccessToken, VerifyToken } from '../token/access-token.ts';

/** The `AuthInfo` of the official MCP server packages. */
export interface McpAuthInfo {
  token: string;
  clientId: string;
  scopes: string[];
  /** In seconds since 1970. */
  expiresAt: number;
  resource: URL;
  /** For challenges that the MCP server sends itself. */
  resourceMetadataUrl?: string;
  extra: { subject: string };
}

/** Returns the `AuthInfo` of a request, or the challenge. Its `scopes` are required of every request. */
export type McpGate = (
  request: PresentedRequest,
  scopes?: readonly string[],
) => Promise<McpAuthInfo | Response>;

/**
 * Protects an MCP server that handles `fetch` requests, instead of the official `requireBearerAuth`. The result is the
 * `authInfo` of the handler. It also accepts sender-constrained tokens, which a token verifier cannot.
 */
export function createMcpGate(resourceServer: ResourceServer): McpGate {
  const { resource, metadataUrl } = resourceServer;
  return async (request, scopes) => {
    const admission = await resourceServer.admit(request, scopes);
    if (!admission.ok) return admission.response;
    const text = presentedToken(request.headers.get('authorization'))?.token ?? '';
    return { ...authInfoOf(text, resource, admission.token), resourceMetadataUrl: metadataUrl };
  };
}

const NOT_VALID = 'the access token is not valid, has expired or is for another API';

/** The `OAuthTokenVerifier` of the official packages. */
export interface McpTokenVerifier {
  verifyAccessToken(token: string): Promise<McpAuthInfo>;
}

/** Options of `createMcpTokenVerifier`. */
export interface McpTokenVerifierOptions {
  readonly verify: VerifyToken;
  /** This API's resource indicator. */
  readonly resource: string;
  /** Creates the error that the package in use expects for an invalid token: `InvalidTokenError`, or an `OAuthError`. */
  readonly invalidToken: (message: string) => Error;
}

const OPTIONS: OptionTable<McpTokenVerifierOptions> = {
  verify: ['required', 'function'],
  resource: ['required', 'string'],
  invalidToken: ['required', 'function'],
};

/**
 * A verifier for the official `requireBearerAuth` for Express, in either of its versions. Give it a `createTokenVerifier`,
 * which refuses sender-constrained tokens.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 */
export function createMcpTokenVerifier(options: McpTokenVerifierOptions): McpTokenVerifier {
  checkOptions('createMcpTokenVerifier', options, OPTIONS);
  const { verify, resource, invalidToken } = options;
  return {
    async verifyAccessToken(text) {
      const verified = await verify(text);
      if (!verified.ok && verified.retryAfter !== undefined) throw new IssuerUnavailable(verified.reason);
      if (!verified.ok) throw invalidToken(NOT_VALID);
      return authInfoOf(text, resource, verified.token);
    },
  };
}

const authInfoOf = (token: string, resource: string, verified: AccessToken): McpAuthInfo => ({
  token,
  clientId: verified.clientId,
  scopes: [...verified.scopes],
  expiresAt: verified.expiresAt,
  resource: new URL(resource),
  extra: { subject: verified.subject },
});
