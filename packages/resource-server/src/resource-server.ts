import { presentedToken } from '@vestibule/dpop';
import { type Challenge, challengeResponse, laterResponse } from './challenge.ts';
import { createProofCheck, type ShownRequest } from './dpop/proof.ts';
import { metadataUrlOf, protectedResourceMetadata } from './metadata.ts';
import { orUnavailable } from './issuer/unavailable.ts';
import type { ApiTerms, ResourceServerOptions } from './options.ts';
import type { AccessToken, VerifiedToken } from './token/access-token.ts';
import { createTokenReader } from './token/verify.ts';

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
  /** This API's resource indicator. */
  readonly resource: string;
  /**
   * Looks for a good access token with all of `scopes`, shown as it has to be.
   *
   * @throws IssuerUnavailable where the issuer is needed and does not answer, or `current` or `scopesNow` fails: an outage,
   * for a `503`, of which the token is not guilty
   */
  admit(request: ShownRequest, scopes?: readonly string[]): Promise<Admission>;
  /** The path of the protected resource metadata, from the root of the API's host. */
  readonly metadataPath: string;
  /** Its address. */
  readonly metadataUrl: string;
  /** Answers with the protected resource metadata. @throws IssuerUnavailable where `current` fails */
  metadata(): Promise<Response>;
}

/** An API's side of the door: whom it lets in, and what it tells the others. */
export function createResourceServer(options: ResourceServerOptions): ResourceServer {
  const { issuer, resource } = options;
  const termsNow = createTermsReader(options);
  const read = createTokenReader(options);
  const proofProblem = createProofCheck(options);
  const url = metadataUrlOf(resource);
  const metadataUrl = url.href;

  return {
    resource,
    metadataPath: url.pathname,
    metadataUrl,

    async metadata() {
      const headers = {
        'access-control-allow-origin': '*',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      };
      return Response.json(protectedResourceMetadata({ issuer, resource, ...(await termsNow()) }), {
        headers,
      });
    },

    async admit(request, scopes = []) {
      const { dpop: taken = 'off', scopes: told = [] } = await termsNow();
      const presented = presentedToken(request.headers.get('authorization'));
      const refuse = (reason: string, more: Omit<Challenge, 'metadataUrl' | 'taken'>): Admission => ({
        ok: false,
        response: challengeResponse({ metadataUrl, taken, ...more }),
        reason,
      });
      const asked = union(told, scopes);
      // RFC 6750 §3.1: who brought no token, or something else, is told where to get one and nothing of an error.
      if (presented === undefined || (taken === 'off' && presented.scheme === 'DPoP')) {
        return refuse('no token that is taken', { scopes: asked });
      }
      const { scheme } = presented;
      const verified = presented.token === '' ? NO_TOKEN : await read(presented.token);
      if (!verified.ok && verified.retryAfter !== undefined) {
        return { ok: false, response: laterResponse(verified.retryAfter), reason: verified.reason };
      }
      if (!verified.ok) {
        const description = 'the access token is not valid, has expired or is for another API';
        return refuse(verified.reason, {
          presented: scheme,
          scopes: asked,
          error: 'invalid_token',
          description,
        });
      }
      const { token } = verified;
      const problem = await proofProblem(taken, request, presented, token);
      if (problem !== undefined) {
        const { reason, ...said } = problem;
        return refuse(reason, { presented: scheme, scopes: asked, ...said });
      }
      const missing = scopes.filter((name) => !token.scopes.includes(name));
      if (missing.length === 0) return { ok: true, token };
      const description = `the access token lacks ${missing.join(' ')}`;
      // Together with what it has, so that a client which asks for exactly this loses nothing.
      const needed = union(token.scopes, scopes);
      const error = 'insufficient_scope';
      return refuse(description, { presented: scheme, scopes: needed, error, description });
    },
  };
}

/** What the API tells and takes: what the options say, or what is true at this moment. */
function createTermsReader(options: ResourceServerOptions): () => Promise<ApiTerms> {
  const { current, name, scopes, dpop } = options;
  if (current !== undefined) return () => orUnavailable('The terms of the API cannot be read.', current);
  const fixed = {
    ...(name !== undefined && { name }),
    ...(scopes !== undefined && { scopes }),
    ...(dpop !== undefined && { dpop }),
  };
  return async () => fixed;
}

const NO_TOKEN: VerifiedToken = { ok: false, reason: 'not a token' };

const union = (left: readonly string[], right: readonly string[]): readonly string[] => [
  ...new Set([...left, ...right]),
];
