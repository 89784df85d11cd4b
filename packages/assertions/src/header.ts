import { STATEMENT_ALGORITHMS, type StatementAlgorithm } from '@vestibule/core/registration';

/** The members of a header that identify the key. */
export interface SignatureHeader {
  readonly alg: StatementAlgorithm;
  readonly kid?: string;
}

/** The header of a JWT, or why it cannot be used. */
export type ReadHeader =
  { readonly ok: true; readonly header: SignatureHeader } | { readonly ok: false; readonly problem: string };

/**
 * Checks that a header belongs to an assertion. Most headers have no `typ`, or `JWT`. Any other type means that the JWT was
 * signed for another purpose, whatever its claims are: an access token (`at+jwt`), a logout token, a security event. `jwk`,
 * `jku`, `x5c` and `x5u` are ignored, because they can name any key.
 *
 * @param type a value of `typ` that is accepted beside `JWT`, in lower case
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.11 RFC 8725 §3.11}
 */
export function readHeader(
  { alg, kid, typ, crit, b64 }: Readonly<Record<string, unknown>>,
  type: string,
): ReadHeader {
  const algorithm = STATEMENT_ALGORITHMS.find((known) => known === alg);
  if (algorithm === undefined) {
    return invalid(
      `is not signed with an algorithm that is good here; use one of ${STATEMENT_ALGORITHMS.join(', ')}`,
    );
  }
  if (typ !== undefined && !isType(typ, type)) {
    return invalid(`has a typ of some other kind of JWT; it must be ${type}, JWT or absent`);
  }
  if (crit !== undefined) {
    return invalid('has a crit header, which names extensions that are not known here; sign it without');
  }
  // RFC 7797 §7: the payload of a JWT is always encoded.
  if (b64 !== undefined && b64 !== true) return invalid('has a b64 header that is not true; sign it without');
  if (kid === undefined) return { ok: true, header: { alg: algorithm } };
  if (typeof kid !== 'string') {
    return invalid('has a kid that is not a string; name the key, or leave it out');
  }
  return { ok: true, header: { alg: algorithm, kid } };
}

/** `typ` is a media type; `application/` is optional (RFC 7515 §4.1.9). */
const isType = (typ: unknown, type: string): boolean =>
  typeof typ === 'string' && ['jwt', type].includes(typ.toLowerCase().replace(/^application\//, ''));

const invalid = (problem: string): ReadHeader => ({ ok: false, problem });
