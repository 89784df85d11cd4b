import { base64url, decodeJwt, decodeProtectedHeader } from 'jose';

/** A parsed assertion, of which nothing is verified yet. */
export type ReadAssertion =
  | {
      readonly ok: true;
      readonly header: Readonly<Record<string, unknown>>;
      readonly claims: Readonly<Record<string, unknown>>;
    }
  | { readonly ok: false; readonly problem: string };

/** In characters, each of which is one byte: enough for every claim, and small enough to process. */
const LONGEST = 16 * 1024;

/**
 * Parses a JWS in compact serialization: three parts, each in the canonical encoding of its bytes, the first two JSON
 * objects in UTF-8. Of a repeated member the last value counts, here and when the signature is verified, as RFC 7515 §4 and
 * RFC 7519 §4 allow.
 */
export function readAssertion(assertion: string): ReadAssertion {
  if (assertion.length > LONGEST) {
    return invalid(`is longer than ${LONGEST} characters; its issuer must put less into it`);
  }
  const parts = assertion.split('.');
  if (parts.length !== 3) {
    return invalid(
      'does not have the three parts of a signed JWT in its compact form; bring a JWS, not encrypted',
    );
  }
  if (!parts.every(isCanonical)) {
    return invalid(
      'is not in plain base64url, without padding, spaces and stray bits; bring it exactly as issued',
    );
  }
  try {
    return { ok: true, header: decodeProtectedHeader(assertion), claims: decodeJwt(assertion) };
  } catch {
    return invalid('does not hold a JSON object in its header and in its payload; bring a JWT');
  }
}

/**
 * Rejects alternative encodings of the same bytes. Otherwise one assertion would have many spellings, and a comparison would
 * treat them as different.
 */
function isCanonical(part: string): boolean {
  try {
    return base64url.encode(base64url.decode(part)) === part;
  } catch {
    return false;
  }
}

const invalid = (problem: string): ReadAssertion => ({ ok: false, problem });
