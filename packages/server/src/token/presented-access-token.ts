import { sameResource } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { type PresentedToken, presentedToken, type ProofError } from '@vestibule/dpop';
import type { PlainRequest } from '@vestibule/http';
import { dpopPolicyOf } from '../dpop/policy.ts';
import { type ProofContext, presentedProof, USED_BEFORE } from '../dpop/presented-proof.ts';
import type { CommitChanges } from '../ports/commit.ts';
import { PATHS } from '../web/paths.ts';
import {
  type StandingAccessToken,
  standingAccessToken,
  type StandingContext,
} from './standing-access-token.ts';

/** The access token of a request to an API of the server, or why it is refused. */
export type PresentedAccessToken =
  | {
      readonly ok: true;
      readonly standing: StandingAccessToken;
      readonly scheme: PresentedToken['scheme'];
      /** Headers of the response. */
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      readonly ok: false;
      /** Absent if no token was presented. */
      readonly error?: 'invalid_token' | ProofError;
      readonly description: string;
      readonly scheme?: PresentedToken['scheme'];
      readonly headers: Readonly<Record<string, string>>;
    };

/**
 * Checks the presented access token and its proof. A sender-constrained token needs a proof of its key and is refused as a
 * bearer token, so a stolen token is useless without the key.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7 RFC 9449 §7}
 */
export async function presentedAccessToken(
  context: StandingContext & ProofContext & { readonly commit: CommitChanges },
  realm: Realm,
  request: PlainRequest,
  place: keyof typeof PATHS,
): Promise<PresentedAccessToken> {
  const resource = `${context.issuer}${PATHS[place]}`;
  const presented = presentedToken(request.headers.get('authorization'));
  if (presented === undefined) return { ok: false, description: 'an access token is needed', headers: {} };
  const { scheme, token } = presented;
  const standing = await standingAccessToken(context, realm, token);
  if (standing === undefined || !sameResource(standing.token.resource, resource)) {
    const description = `the access token is not valid, or is not for ${resource}`;
    return { ok: false, error: 'invalid_token', description, scheme, headers: {} };
  }
  const { proofKey } = standing.token;
  const isBound = proofKey !== undefined;
  if (isBound !== (scheme === 'DPoP') || (!isBound && dpopPolicyOf(realm, resource) === 'required')) {
    const description = isBound
      ? 'the access token is bound to a key: it needs a DPoP proof'
      : 'the access token is bound to no key';
    return { ok: false, error: 'invalid_token', description, scheme, headers: {} };
  }
  if (!isBound) return { ok: true, standing, scheme, headers: {} };

  const proof = await presentedProof(context, realm, request, place, token);
  if (!proof.ok) return { ...proof, scheme };
  if (proof.key === proofKey) {
    const isFirst = proof.use === undefined || (await context.commit([proof.use])).committed;
    return isFirst
      ? { ok: true, standing, scheme, headers: proof.headers }
      : { ...USED_BEFORE, scheme, headers: proof.headers };
  }
  const description = 'there is no DPoP proof of the key that the access token is bound to';
  return { ok: false, error: 'invalid_dpop_proof', description, scheme, headers: proof.headers };
}
