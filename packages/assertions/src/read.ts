import { base64url, decodeJwt, decodeProtectedHeader } from 'jose';

/** An assertion taken apart, of which nothing is verified yet. */
export type ReadAssertion =
  | {
      readonly ok: true;
      readonly header: Readonly<Record<string, unknown>>;
      readonly claims: Readonly<Record<string, unknown>>;
    }
  | { readonly ok: false; readonly problem: string };

/** In characters, of which each is a byte: room for every claim there is, and nothing to keep a server busy with. */
const LONGEST = 16 * 1024;

/**
 * Takes a JWS in the compact serialization apart: three parts, each in the one spelling that its bytes have, the first
 * two JSON objects in UTF-8. A member that is there twice has its last value, here and wherever the signature is
 * checked, as RFC 7515 §4 and RFC 7519 §4 allow.
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

/** Otherwise one assertion could be spelled in many ways, which whoever compares them would take for many. */
function isCanonical(part: string): boolean {
  try {
    return base64url.encode(base64url.decode(part)) === part;
  } catch {
    return false;
  }
}

const invalid = (problem: string): ReadAssertion => ({ ok: false, problem });
