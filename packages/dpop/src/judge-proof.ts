import { accessTokenHash } from './access-token-hash.ts';
import { readProof } from './proof.ts';
import { canonicalTarget } from './target.ts';

/** A DPoP proof and the request that it belongs to. */
export interface ProofQuestion {
  /** The `DPoP` header. `Headers` joins repeated headers to one text, which is not a valid proof. */
  readonly proof: string;
  /** The method of the request. */
  readonly method: string;
  /** The address of the endpoint from the configuration, not from the `Host` of the request. */
  readonly url: string;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** The currently accepted nonces. @default no nonce is required */
  readonly nonces?: readonly string[];
  /** The access token that the request presents. @default none */
  readonly accessToken?: string;
}

/** The error codes of RFC 9449 §5 and §8. */
export type ProofError = 'invalid_dpop_proof' | 'use_dpop_nonce';

/** A valid proof with the thumbprint of its key, or why it is invalid. */
export type JudgedProof =
  | {
      readonly ok: true;
      /** The thumbprint of the sender's key. */
      readonly key: string;
      /**
       * What to store so that the proof is accepted once. It includes the key, so that one client cannot use up the `jti` of
       * another.
       */
      readonly id: string;
      /** When the stored id can be deleted, in milliseconds since 1970: the proof is too old by then. */
      readonly goodUntil: number;
    }
  | { readonly ok: false; readonly error: ProofError; readonly reason: string };

/** How old a proof may be, in seconds. */
const MAX_AGE = 300;

/** How far the sender's clock may be ahead, in seconds. */
const MAX_LEAD = 60;

/**
 * Checks that the sender of a request has the private key of its proof, and that the proof is for this request and current.
 * The caller checks whether the proof was used before.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}
 */
export async function judgeProof(question: ProofQuestion): Promise<JudgedProof> {
  const { method, url, now, nonces, accessToken } = question;
  const read = await readProof(question.proof, now);
  if (!read.ok) return refused(read.reason);
  const { proof } = read;
  if (proof.method !== method) return refused('it is for another method');
  const target = canonicalTarget(proof.target);
  if (target === undefined || target !== canonicalTarget(url)) return refused('it is for another address');
  const age = now / 1_000 - proof.issuedAt;
  if (age > MAX_AGE || age < -MAX_LEAD) return refused('it is too old, or from the future');
  if (accessToken !== undefined && proof.ath !== (await accessTokenHash(accessToken))) {
    return refused('it is for another access token, or for none');
  }
  if (nonces !== undefined && (proof.nonce === undefined || !nonces.includes(proof.nonce))) {
    return { ok: false, error: 'use_dpop_nonce', reason: 'it has no nonce that counts' };
  }
  const goodUntil = (Math.ceil(proof.issuedAt) + MAX_AGE + 1) * 1_000;
  return { ok: true, key: proof.key, id: JSON.stringify([proof.key, proof.id]), goodUntil };
}

const refused = (reason: string): JudgedProof => ({ ok: false, error: 'invalid_dpop_proof', reason });
