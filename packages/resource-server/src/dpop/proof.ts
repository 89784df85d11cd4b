import {
  acceptedNonces,
  currentNonce,
  judgeProof,
  type PresentedToken,
  type ProofError,
  type AcceptedTokens,
} from '@vestibule/dpop';
import type { ResourceServerOptions } from '../options.ts';
import type { AccessToken } from '../token/access-token.ts';
import { createMemoryReplays } from './replays.ts';

/** The parts of a request that are read. Only the path of its URL counts; the origin comes from the configuration. */
export type PresentedRequest = Pick<Request, 'method' | 'url' | 'headers'>;

/** Why a valid token is refused because of its proof. */
export interface Unproven {
  readonly error: 'invalid_token' | ProofError;
  readonly description: string;
  /** For a log, with more detail than the response. */
  readonly reason: string;
  /** The nonce for the next proof. */
  readonly nonce?: string;
}

/** A shorter secret could be guessed, and its nonces computed. */
const LEAST_SECRET = 32;

export type CheckProof = (
  accepted: AcceptedTokens,
  request: PresentedRequest,
  presented: PresentedToken,
  token: AccessToken,
) => Promise<Unproven | undefined>;

/**
 * Checks the proof of a token. A token that is bound to a key needs a proof of that key for this request and is refused as a
 * bearer token, so a stolen token is useless without the key.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7.2 RFC 9449 §7.2}
 */
export function createProofCheck(options: ResourceServerOptions): CheckProof {
  const { resource, nonceSecret, clock = Date.now } = options;
  const { proofReplays = createMemoryReplays() } = options;
  const { origin } = new URL(resource);
  if (nonceSecret !== undefined && nonceSecret.length < LEAST_SECRET) {
    throw new Error(`nonceSecret must have ${LEAST_SECRET} characters or more.`);
  }

  return async (accepted, { method, url, headers }, { scheme, token: accessToken }, { proofKey }) => {
    const isBound = proofKey !== undefined;
    if (isBound !== (scheme === 'DPoP') || (!isBound && accepted === 'required')) {
      const description = isBound
        ? 'the access token is bound to a key: it needs a DPoP proof'
        : 'the access token is bound to no key';
      return { error: 'invalid_token', description, reason: description };
    }
    if (!isBound) return undefined;

    const now = clock();
    const nonce = nonceSecret === undefined ? {} : { nonce: await currentNonce(nonceSecret, now) };
    const bad = (reason: string): Unproven => ({
      error: 'invalid_dpop_proof',
      description: 'the DPoP proof is not valid, or not for this request and this token, or was used before',
      reason,
      ...nonce,
    });
    const proof = headers.get('dpop');
    if (proof === null) return bad('there is no proof');
    const judged = await judgeProof({
      proof,
      method,
      url: `${origin}${new URL(url).pathname}`,
      now,
      accessToken,
      ...(nonceSecret !== undefined && { nonces: await acceptedNonces(nonceSecret, now) }),
    });
    if (!judged.ok) {
      if (judged.error === 'invalid_dpop_proof') return bad(judged.reason);
      const description = 'the DPoP proof has to carry the nonce of the DPoP-Nonce header';
      return { error: judged.error, description, reason: judged.reason, ...nonce };
    }
    if (judged.key !== proofKey) return bad('it is a proof of another key');
    const seen = await proofReplays.note(judged.id, judged.goodUntil, now);
    return seen === 'first' ? undefined : bad('it was used before');
  };
}
