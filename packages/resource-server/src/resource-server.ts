import { challengeResponse } from './challenge.ts';
import { metadataUrlOf, protectedResourceMetadata } from './metadata.ts';
import type { ResourceServerOptions } from './options.ts';
import { type AccessToken, createTokenVerifier } from './verify.ts';

/** A request that is let in, or the answer to one that is not. */
export type Admission =
  { readonly ok: true; readonly token: AccessToken } | { readonly ok: false; readonly response: Response };

export interface ResourceServer {
  /** Looks for a good access token with all of `scopes`. */
  admit(request: Request, scopes?: readonly string[]): Promise<Admission>;
  /** The path of the protected resource metadata, from the root of the API's host. */
  readonly metadataPath: string;
  /** Answers with the protected resource metadata. */
  metadata(): Promise<Response>;
}

/** An API's side of the door: whom it lets in, and what it tells the others. */
export function createResourceServer(options: ResourceServerOptions): ResourceServer {
  const verify = createTokenVerifier(options);
  const metadataUrl = metadataUrlOf(options.resource);
  const told = { metadataUrl: metadataUrl.href, scopes: options.scopes ?? [] };

  return {
    metadataPath: metadataUrl.pathname,

    async metadata() {
      const headers = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };
      return Response.json(protectedResourceMetadata(options), { headers });
    },

    async admit(request, scopes = []) {
      const authorization = request.headers.get('authorization');
      if (authorization === null) return refuse(challengeResponse(told));
      const [, jwt] = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization) ?? [];
      const verified = jwt === undefined ? undefined : await verify(jwt);
      if (!verified?.ok) {
        const description = 'the access token is not valid, has expired or is for another API';
        return refuse(challengeResponse({ ...told, error: 'invalid_token', description }));
      }
      const { token } = verified;
      const missing = scopes.filter((name) => !token.scopes.includes(name));
      if (missing.length === 0) return { ok: true, token };
      const description = `the access token lacks ${missing.join(' ')}`;
      // Together with what it has, so that a client which asks for exactly this loses nothing.
      const needed = [...new Set([...token.scopes, ...scopes])];
      return refuse(challengeResponse({ ...told, scopes: needed, error: 'insufficient_scope', description }));
    },
  };
}

const refuse = (response: Response): Admission => ({ ok: false, response });
