import { challengeResponse } from './challenge.ts';
import { metadataUrlOf, protectedResourceMetadata } from './metadata.ts';
import type { ResourceServerOptions } from './options.ts';
import { type AccessToken, createTokenVerifier } from './verify.ts';

/** A request that is let in, or the answer to one that is not. */
export type Admission =
  | { readonly ok: true; readonly token: AccessToken }
  | {
      readonly ok: false;
      readonly response: Response;
      /** Why, for a log: more than the answer tells. */
      readonly reason: string;
    };

export interface ResourceServer {
  /**
   * Looks for a good access token with all of `scopes`.
   *
   * @throws where the issuer's keys cannot be had: an outage, for a `503`, of which the token is not guilty
   */
  admit(request: Request, scopes?: readonly string[]): Promise<Admission>;
  /** The path of the protected resource metadata, from the root of the API's host. */
  readonly metadataPath: string;
  /** Answers with the protected resource metadata. */
  metadata(): Promise<Response>;
}

const BEARER = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/** An API's side of the door: whom it lets in, and what it tells the others. */
export function createResourceServer(options: ResourceServerOptions): ResourceServer {
  const verify = createTokenVerifier(options);
  const url = metadataUrlOf(options.resource);
  const metadataUrl = url.href;
  const told = options.scopes ?? [];

  return {
    metadataPath: url.pathname,

    async metadata() {
      const headers = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };
      return Response.json(protectedResourceMetadata(options), { headers });
    },

    async admit(request, scopes = []) {
      const authorization = request.headers.get('authorization');
      // RFC 6750 §3.1: who brought no token, or something else, is told where to get one and nothing of an error.
      if (authorization === null || !/^bearer( |$)/i.test(authorization)) {
        return refuse(challengeResponse({ metadataUrl, scopes: union(told, scopes) }), 'no bearer token');
      }
      const [, jwt] = BEARER.exec(authorization) ?? [];
      const verified = jwt === undefined ? { ok: false as const, reason: 'not a token' } : await verify(jwt);
      if (!verified.ok) {
        const description = 'the access token is not valid, has expired or is for another API';
        const challenge = {
          metadataUrl,
          scopes: union(told, scopes),
          error: 'invalid_token',
          description,
        } as const;
        return refuse(challengeResponse(challenge), verified.reason);
      }
      const { token } = verified;
      const missing = scopes.filter((name) => !token.scopes.includes(name));
      if (missing.length === 0) return { ok: true, token };
      const description = `the access token lacks ${missing.join(' ')}`;
      // Together with what it has, so that a client which asks for exactly this loses nothing.
      const needed = union(token.scopes, scopes);
      const challenge = { metadataUrl, scopes: needed, error: 'insufficient_scope', description } as const;
      return refuse(challengeResponse(challenge), description);
    },
  };
}

const union = (left: readonly string[], right: readonly string[]): readonly string[] => [
  ...new Set([...left, ...right]),
];

const refuse = (response: Response, reason: string): Admission => ({ ok: false, response, reason });
