import { calculateJwkThumbprint, decodeProtectedHeader, errors, importJWK, type JWK, jwtVerify } from 'jose';
import { PROOF_ALGORITHMS } from './algorithms.ts';

/** The content of a proof, and its key. */
export interface Proof {
  /** The thumbprint of the key that signed the proof: the `jkt` of tokens that are bound to this key. */
  readonly key: string;
  /** The `jti`. */
  readonly id: string;
  readonly method: string;
  readonly target: string;
  /** In seconds since 1970. */
  readonly issuedAt: number;
  readonly nonce?: string;
  /** The hash of the access token (`ath`). */
  readonly ath?: string;
}

export type ReadProof =
  { readonly ok: true; readonly proof: Proof } | { readonly ok: false; readonly reason: string };

/** Several times the length of a proof with a long RSA key. */
const MAX_LENGTH = 8192;

/** Members that only private and symmetric keys have. */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * Reads a proof: a JWT of its own type, signed with the key in its header. Does not check the claims.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.2 RFC 9449 §4.2}
 */
export async function readProof(text: string, now: number): Promise<ReadProof> {
  if (text.length > MAX_LENGTH) return invalid(`it is longer than ${MAX_LENGTH} characters`);
  try {
    const { alg, jwk } = decodeProtectedHeader(text);
    if (!isPublic(jwk)) return invalid('it brings no public key, or a private one');
    const options = { typ: 'dpop+jwt', algorithms: [...PROOF_ALGORITHMS], currentDate: new Date(now) };
    const { payload } = await jwtVerify(text, await importJWK(jwk, alg), options);
    const { jti: id, htm: method, htu: target, iat: issuedAt, nonce, ath } = payload;
    const texts = { id, method, target };
    if (!areTexts(texts) || typeof issuedAt !== 'number') return invalid('jti, htm, htu or iat is missing');
    if (!isTextOrAbsent(nonce) || !isTextOrAbsent(ath)) return invalid('nonce or ath is no text');
    const key = await calculateJwkThumbprint(jwk);
    return {
      ok: true,
      proof: {
        key,
        ...texts,
        issuedAt,
        ...(nonce !== undefined && { nonce }),
        ...(ath !== undefined && { ath }),
      },
    };
  } catch (error) {
    // Everything that can fail here is caused by the key and the text of the sender, because nothing is fetched or stored.
    // The reason is the error code, because error messages quote the input.
    return invalid(error instanceof errors.JOSEError ? error.code : 'it is no JWT, or its key is none');
  }
}

const isPublic = (jwk: JWK | undefined): jwk is JWK =>
  typeof jwk === 'object' && jwk !== null && !SECRET_MEMBERS.some((member) => member in jwk);

const areTexts = <Name extends string>(
  texts: Readonly<Record<Name, unknown>>,
): texts is Readonly<Record<Name, string>> =>
  Object.values(texts).every((text) => typeof text === 'string' && text !== '');

const isTextOrAbsent = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string';

const invalid = (reason: string): ReadProof => ({ ok: false, reason });
