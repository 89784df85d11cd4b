import type { Keyring } from '../key/keyring.ts';
import type { ReplayStore } from '../ports/replay-store.ts';
import type { Clock } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { acceptedNonces, currentNonce, judgeProof, type ProofError } from '@vestibule/dpop';
import { sha256 } from '../web/digest.ts';
import { PATHS } from '../web/paths.ts';

/** What proofs are judged with. */
export interface ProofContext {
  readonly issuer: string;
  readonly keyring: Keyring;
  readonly replays: ReplayStore;
  readonly clock: Clock;
  readonly tokenAliases?: readonly string[];
}

/** The result of the proof of a request, if it has one. */
export type PresentedProof = {
  /** Headers of every response: the nonce for the next proof. */
  readonly headers: Readonly<Record<string, string>>;
} & (
  | {
      readonly ok: true;
      /** The thumbprint of the sender's key. Absent: the request has no proof. */
      readonly key?: string;
      /**
       * Uses up the proof, of which an id is stored until it is too old. Call it last, when the rest of the request is
       * valid, so that invalid requests store nothing.
       */
      readonly use: () => Promise<{ readonly ok: true } | RefusedProof>;
    }
  | RefusedProof
);

export interface RefusedProof {
  readonly ok: false;
  readonly error: ProofError;
  readonly description: string;
  /** For audit events only. */
  readonly reason: string;
}

/**
 * Judges the proof of a request to an endpoint of the realm. It must be for the endpoint at the issuer, or for the requested
 * alias, and have a nonce of the realm. Whether it is used for the first time is checked by `use`.
 *
 * @param accessToken the access token of the request, if any, which the proof must be bound to
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}
 */
export async function presentedProof(
  { issuer, keyring, replays, clock, tokenAliases = [] }: ProofContext,
  realm: Realm,
  { method, url: asked, headers: sent }: Request,
  place: keyof typeof PATHS,
  accessToken?: string,
): Promise<PresentedProof> {
  const proof = sent.get('dpop');
  if (proof === null) return { ok: true, headers: {}, use: async () => ({ ok: true }) };
  const now = clock();
  const secret = await keyring.secret(realm);
  const headers = { 'dpop-nonce': await currentNonce(secret, now) };
  const { pathname } = new URL(asked);
  const isAlias = place === 'token' && tokenAliases.includes(pathname);
  const url = isAlias ? `${new URL(issuer).origin}${pathname}` : `${issuer}${PATHS[place]}`;
  const nonces = await acceptedNonces(secret, now);
  const shown = accessToken === undefined ? {} : { accessToken };
  const judged = await judgeProof({ proof, method, url, now, nonces, ...shown });
  if (!judged.ok) {
    const { error, reason } = judged;
    return { ok: false, error, description: DESCRIPTION[error], reason, headers };
  }
  const { key, id, goodUntil } = judged;
  return {
    ok: true,
    key,
    headers,
    use: async () => {
      const seen = await replays.note(realm.id, sha256(`dpop:${id}`), goodUntil);
      return seen === 'first' ? { ok: true } : USED_BEFORE;
    },
  };
}

const DESCRIPTION: Readonly<Record<ProofError, string>> = {
  invalid_dpop_proof: 'the DPoP proof is not valid, or not for this request, or was used before',
  use_dpop_nonce: 'the DPoP proof has to carry the nonce of the DPoP-Nonce header',
};

const USED_BEFORE: RefusedProof = {
  ok: false,
  error: 'invalid_dpop_proof',
  description: DESCRIPTION.invalid_dpop_proof,
  reason: 'it was used before',
};
