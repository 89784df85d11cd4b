import { accessTokenHash } from './access-token-hash.ts';
import { readProof } from './proof.ts';
import { canonicalTarget } from './target.ts';

export interface ProofQuestion {
  /** The `DPoP` header. Of several headers `Headers` makes one text, which is no proof. */
  readonly proof: string;
  /** The method of the request. */
  readonly method: string;
  /** The address of the endpoint, as the configuration has it: what a request says of its host is not asked. */
  readonly url: string;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** The nonces that count at this moment. @default none is wanted */
  readonly nonces?: readonly string[];
  /** The access token that the request shows. @default none is shown */
  readonly accessToken?: string;
}

/** By the names of RFC 9449 §5 and §8. */
export type ProofError = 'invalid_dpop_proof' | 'use_dpop_nonce';

export type JudgedProof =
  | {
      readonly ok: true;
      /** Thumbprint of the key that the sender holds. */
      readonly key: string;
      /** What to remember, so that the proof is good once. It names the key too: nobody can use up a stranger's. */
      readonly id: string;
      /** Until when to remember it, in milliseconds since 1970: afterwards it is too old. */
      readonly goodUntil: number;
    }
  | { readonly ok: false; readonly error: ProofError; readonly reason: string };

/** How old a proof may be, in seconds. */
const MAX_AGE = 300;

/** How far the sender's clock may be ahead, in seconds. */
const MAX_LEAD = 60;

/**
 * Judges whether who sends a request holds the key of the proof that comes with it, for this request and at this moment.
 * Whether the proof was seen before, whoever asks must find out.
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
