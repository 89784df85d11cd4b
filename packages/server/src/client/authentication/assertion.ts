import { isNumericDate, readAssertion, timeProblem } from '@vestibule/assertions';
import { after, type Instant, type Seconds } from '@vestibule/core';

/** What an assertion may say that it is, in its `typ`. */
export const ASSERTION_JWT_TYPE = 'client-authentication+jwt';

/** The longest that an assertion may be good for. Each is remembered for as long. */
const LONGEST: Seconds = 600;
const CLOCK_TOLERANCE: Seconds = 60;
/** Nobody needs a longer one. */
const MAX_ID_LENGTH = 512;

/** What a client's assertion comes to, its signature aside. */
export type JudgedAssertion =
  | {
      readonly ok: true;
      /** Its `jti`: it is good once. */
      readonly id: string;
      /** Until when it has to be remembered. */
      readonly until: Instant;
    }
  | { readonly ok: false; readonly problem: string };

/**
 * Judges what an assertion says. Its only audience has to be the issuer: one that was made for an endpoint could have been
 * made for somebody else who named that endpoint as their own.
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

/** Whom an assertion speaks of, before anything of it is believed. */
export function assertedClient({ assertion }: { readonly assertion: string }): string | undefined {
  const read = readAssertion(assertion);
  const subject = read.ok ? read.claims['sub'] : undefined;
  return typeof subject === 'string' ? subject : undefined;
}

const invalid = (problem: string): JudgedAssertion => ({ ok: false, problem });
