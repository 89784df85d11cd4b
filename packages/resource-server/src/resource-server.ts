import { presentedToken } from '@vestibule/dpop';
import { type Challenge, challengeResponse, laterResponse } from './challenge.ts';
import { createProofCheck, type PresentedRequest } from './dpop/proof.ts';
import { createMetadataResponder } from './metadata-response.ts';
import { metadataUrlOf, protectedResourceMetadata } from './metadata.ts';
import { orUnavailable } from './issuer/unavailable.ts';
import { checkResourceServerOptions } from './option-tables.ts';
import type { ApiTerms, ResourceServerOptions } from './options.ts';
import type { AccessToken, VerifiedToken } from './token/access-token.ts';
import { createTokenReader } from './token/verify.ts';

/** An admitted request, or the response to a refused one. */
export type Admission =
  | { readonly ok: true; readonly token: AccessToken }
  | {
      readonly ok: false;
      readonly response: Response;
      /** Why, for a log: with more detail than the response. */
      readonly reason: string;
    };

/** Verifies tokens for one API. Made by `createResourceServer`. */
export interface ResourceServer {
  /** The resource indicator of this API. */
  readonly resource: string;
  /**
   * Checks that a request presents a valid access token with all of `scopes`, and its proof if it is bound to a key.
   *
   * @throws IssuerUnavailable if the issuer is needed and does not respond, or if `current` or `scopesNow` fails: an outage,
   * for a `503`; the token may be valid
   */
  admit(request: PresentedRequest, scopes?: readonly string[]): Promise<Admission>;
  /** The path of the protected resource metadata, from the root of the host. */
  readonly metadataPath: string;
  /** The URL of the protected resource metadata. */
  readonly metadataUrl: string;
  /**
   * Responds with the protected resource metadata. Caches ask each time whether it has changed.
   *
   * @param request the request for it: with its `If-None-Match` the response can be 304
   * @throws IssuerUnavailable if `current` fails
   */
  metadata(request?: Pick<PresentedRequest, 'headers'>): Promise<Response>;
}

/**
 * Protects an API: admits requests with a valid access token, and responds to all others with a challenge.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 * @example
 * ```ts
 * import { createResourceServer } from '@vestibule/resource-server';
 *
 * const notes = createResourceServer({
 *   issuer: 'https://id.example',
 *   resource: 'https://notes.example/mcp',
 * });
 *
 * export async function handle(request: Request): Promise<Response> {
 *   if (new URL(request.url).pathname === notes.metadataPath) return notes.metadata(request);
 *   const admission = await notes.admit(request, ['notes:read']);
 *   return admission.ok ? Response.json({ for: admission.token.subject }) : admission.response;
 * }
 * ```
 */
export function createResourceServer(options: ResourceServerOptions): ResourceServer {
  checkResourceServerOptions('createResourceServer', options);
  const { issuer, authorizationServer = issuer, resource } = options;
  const termsNow = createTermsReader(options);
  const read = createTokenReader(options);
  const proofProblem = createProofCheck(options);
  const url = metadataUrlOf(resource);
  const metadataUrl = url.href;
  const respondWithMetadata = createMetadataResponder();

  return {
    resource,
    metadataPath: url.pathname,
    metadataUrl,

    metadata: async (request) =>
      respondWithMetadata(
        protectedResourceMetadata({ issuer, authorizationServer, resource, ...(await termsNow()) }),
        request?.headers.get('if-none-match'),
      ),

    async admit(request, scopes = []) {
      const { dpop: accepted = 'off', scopes: advertised = [] } = await termsNow();
      const presented = presentedToken(request.headers.get('authorization'));
      const refuse = (reason: string, more: Omit<Challenge, 'metadataUrl' | 'accepted'>): Admission => ({
        ok: false,
        response: challengeResponse({ metadataUrl, accepted, ...more }),
        reason,
      });
      const asked = union(advertised, scopes);
      // RFC 6750 §3.1: the challenge has no error if the request has no token or uses another scheme.
      if (presented === undefined || (accepted === 'off' && presented.scheme === 'DPoP')) {
        return refuse('no token that is accepted', { scopes: asked });
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
      const problem = await proofProblem(accepted, request, presented, token);
      if (problem !== undefined) {
        const { reason, ...said } = problem;
        return refuse(reason, { presented: scheme, scopes: asked, ...said });
      }
      const missing = scopes.filter((name) => !token.scopes.includes(name));
      if (missing.length === 0) return { ok: true, token };
      const description = `the access token lacks ${missing.join(' ')}`;
      // Includes the scopes that the token already has, so that a client that requests exactly these scopes loses none.
      const needed = union(token.scopes, scopes);
      const error = 'insufficient_scope';
      return refuse(description, { presented: scheme, scopes: needed, error, description });
    },
  };
}

/** Reads the terms of the API: from the options, or from `current`. */
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
