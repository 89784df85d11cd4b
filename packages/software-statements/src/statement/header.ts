import { STATEMENT_ALGORITHMS, type StatementAlgorithm } from '@vestibule/core';

/** What a header says of the key, and all that is used of it. */
export interface SignatureHeader {
  readonly alg: StatementAlgorithm;
  readonly kid?: string;
}

export type ReadHeader =
  { readonly ok: true; readonly header: SignatureHeader } | { readonly ok: false; readonly problem: string };

/**
 * RFC 7591 gives statements no type of their own, so most have none or `JWT`. One that names another kind of JWT was
 * not signed to be a statement, whatever it says inside: an access token (`at+jwt`), a logout token, a security event.
 * Which is why this is a list of what may be, and not of what may not.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.11 RFC 8725 §3.11}
 */
const TYPES: ReadonlySet<string> = new Set(['jwt', 'software-statement+jwt']);

/**
 * Judges what makes a header that of a statement, whoever issued it. `jwk`, `jku`, `x5c` and `x5u` are not looked at:
 * they name keys that anybody could have made.
 */
export function readHeader({ alg, kid, typ, crit, b64 }: Readonly<Record<string, unknown>>): ReadHeader {
  const algorithm = STATEMENT_ALGORITHMS.find((known) => known === alg);
  if (algorithm === undefined) {
    return no(
      `is not signed with an algorithm that statements can be signed with here; use one of ${STATEMENT_ALGORITHMS.join(', ')}`,
    );
  }
  if (typ !== undefined && !isStatementType(typ)) {
    return no('has a typ of some other kind of JWT; it must be software-statement+jwt, JWT or absent');
  }
  if (crit !== undefined) {
    return no('has a crit header, which names extensions that are not known here; sign it without');
  }
  // RFC 7797 §7: a JWT has its payload encoded.
  if (b64 !== undefined && b64 !== true) return no('has a b64 header that is not true; sign it without');
  if (kid === undefined) return { ok: true, header: { alg: algorithm } };
  if (typeof kid !== 'string') return no('has a kid that is not a string; name the key, or leave it out');
  return { ok: true, header: { alg: algorithm, kid } };
}

/** `typ` is a media type, whose `application/` may be left out (RFC 7515 §4.1.9). */
const isStatementType = (typ: unknown): boolean =>
  typeof typ === 'string' && TYPES.has(typ.toLowerCase().replace(/^application\//, ''));

const no = (problem: string): ReadHeader => ({ ok: false, problem });
