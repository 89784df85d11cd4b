import { isNumericDate, readAssertion, timeProblem } from '@vestibule/assertions';
import { after, type Instant, type Seconds } from '@vestibule/core';

/** The `typ` of an assertion. */
export const ASSERTION_JWT_TYPE = 'client-authentication+jwt';

/** The longest lifetime of an assertion, in seconds. Each is stored for that long. */
const LONGEST: Seconds = 600;
const CLOCK_TOLERANCE: Seconds = 60;
/** The longest `jti`, in characters. */
const MAX_ID_LENGTH = 512;

/** The result of checking an assertion, except for its signature. */
export type JudgedAssertion =
  | {
      readonly ok: true;
      /** Its `jti`, which can be used once. */
      readonly id: string;
      /** How long it has to be stored. */
      readonly until: Instant;
    }
  | { readonly ok: false; readonly problem: string };

/**
 * Checks the claims of an assertion. Its only audience has to be the issuer: an assertion for an endpoint URL could have
 * been made for another server that claimed this endpoint as its own.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-3 RFC 7523 §3}
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc7523bis-11 RFC 7523bis}
 */
export function judgeAssertion(
  claims: Readonly<Record<string, unknown>>,
  { clientId, issuer }: { readonly clientId: string; readonly issuer: string },
  now: Instant,
): JudgedAssertion {
  const { iss, sub, aud, exp, jti } = claims;
  if (iss !== clientId || sub !== clientId) return invalid('has an iss or a sub that is not the client_id');
  const audience: unknown = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud;
  if (audience !== issuer) return invalid('has an aud that is not the issuer, and nothing but the issuer');
  const problem = timeProblem(claims, { clockTolerance: CLOCK_TOLERANCE }, now);
  if (problem !== undefined) return invalid(problem);
  const expiresAt = isNumericDate(exp) ? exp * 1000 : Infinity;
  if (expiresAt > after(now, LONGEST + CLOCK_TOLERANCE)) {
    return invalid(`is good for longer than ${LONGEST} seconds`);
  }
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_ID_LENGTH) {
    return invalid(`has no jti, or one that is longer than ${MAX_ID_LENGTH} characters`);
  }
  return { ok: true, id: jti, until: after(expiresAt, CLOCK_TOLERANCE) };
}

/** The client that an assertion names, before it is verified. */
export function assertedClient({ assertion }: { readonly assertion: string }): string | undefined {
  const read = readAssertion(assertion);
  const subject = read.ok ? read.claims['sub'] : undefined;
  return typeof subject === 'string' ? subject : undefined;
}

const invalid = (problem: string): JudgedAssertion => ({ ok: false, problem });
