import type { Keyring } from '../key/keyring.ts';
import type { Change } from '../ports/commit.ts';
import type { Clock } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { acceptedNonces, currentNonce, judgeProof, type ProofError } from '@vestibule/dpop';
import type { PlainRequest } from '@vestibule/http';
import { sha256 } from '../web/digest.ts';
import { PATHS } from '../web/paths.ts';

/** What proofs are judged with. */
export interface ProofContext {
  readonly issuer: string;
  readonly keyring: Keyring;
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
       * The change that uses up the proof, of which an id is stored until it is too old. Commit it when the rest of the
       * request is valid, so that invalid requests store nothing. Absent: the request has no proof.
       */
      readonly use?: ProofUse;
    }
  | RefusedProof
);

/** Notes the id of a proof. If it was noted before, the proof is refused as {@link USED_BEFORE}. */
export type ProofUse = Extract<Change, { readonly kind: 'replay.note' }>;

export interface RefusedProof {
  readonly ok: false;
  readonly error: ProofError;
  readonly description: string;
  /** For audit events only. */
  readonly reason: string;
}

/**
 * Judges the proof of a request to an endpoint of the realm. It must be for the endpoint at the issuer, or for the requested
 * alias, and have a nonce of the realm. Whether it is used for the first time is the condition of `use`.
 *
 * @param accessToken the access token of the request, if any, which the proof must be bound to
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}
 */
export async function presentedProof(
  { issuer, keyring, clock, tokenAliases = [] }: ProofContext,
  realm: Realm,
  request: Pick<PlainRequest, 'method' | 'url' | 'headers'>,
  place: keyof typeof PATHS,
  accessToken?: string,
): Promise<PresentedProof> {
  const proof = request.headers.get('dpop');
  if (proof === null) return WITHOUT_PROOF;
  const { method, url: asked } = request;
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
    use: {
      kind: 'replay.note',
      realm: realm.id,
      key: sha256(`dpop:${id}`),
      expiresAt: goodUntil,
    },
  };
}

const WITHOUT_PROOF: PresentedProof = { ok: true, headers: {} };

const DESCRIPTION: Readonly<Record<ProofError, string>> = {
  invalid_dpop_proof: 'the DPoP proof is not valid, or not for this request, or was used before',
  use_dpop_nonce: 'the DPoP proof has to carry the nonce of the DPoP-Nonce header',
};

/** The refusal of a proof that was used before. */
export const USED_BEFORE: RefusedProof = {
  ok: false,
  error: 'invalid_dpop_proof',
  description: DESCRIPTION.invalid_dpop_proof,
  reason: 'it was used before',
};
