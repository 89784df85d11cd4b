import { presentedToken } from '@vestibule/dpop';
import type { ShownRequest } from '../dpop/proof.ts';
import { IssuerUnavailable } from '../issuer/unavailable.ts';
import type { ResourceServer } from '../resource-server.ts';
import type { AccessToken, VerifyToken } from '../token/access-token.ts';

/** What the official MCP server packages are told about who calls: their `AuthInfo`. */
export interface McpAuthInfo {
  token: string;
  clientId: string;
  scopes: string[];
  /** In seconds since 1970. */
  expiresAt: number;
  resource: URL;
  /** For challenges that the server makes by itself. */
  resourceMetadataUrl?: string;
  extra: { subject: string };
}

/** Answers with who calls, or with the challenge: what the request needs a token to have is asked of each. */
export type McpGate = (request: ShownRequest, scopes?: readonly string[]) => Promise<McpAuthInfo | Response>;

/**
 * A gate before an MCP server that answers `fetch` requests, in place of the official `requireBearerAuth`: what it lets
 * through is the `authInfo` of the handler. It takes tokens that are bound to a key, too, which a verifier of tokens alone
 * cannot.
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

/** What the official packages call an `OAuthTokenVerifier`. */
export interface McpTokenVerifier {
  verifyAccessToken(token: string): Promise<McpAuthInfo>;
}

export interface McpTokenVerifierOptions {
  readonly verify: VerifyToken;
  /** This API's resource indicator. */
  readonly resource: string;
  /** Makes the error that the package in use takes for a bad token: `InvalidTokenError`, or an `OAuthError`. */
  readonly invalidToken: (message: string) => Error;
}

/**
 * For code that wants a verifier of the official packages' own: `requireBearerAuth` for Express, in either of their
 * versions. Give it a `createTokenVerifier`, which refuses tokens that are bound to a key.
 */
export function createMcpTokenVerifier(options: McpTokenVerifierOptions): McpTokenVerifier {
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
