import { createRemoteJWKSet, customFetch, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { boundedResponse } from '../issuer/bounded-json.ts';
import { IssuerUnavailable } from '../issuer/unavailable.ts';
import type { ResourceServerOptions } from '../options.ts';
import { readClaims, type VerifyToken } from './access-token.ts';

/** How long a key set may be, in bytes: some hundred keys. */
const MAX_BYTES = 131_072;

/**
 * How long past its `exp` a token is accepted, in seconds, because clocks differ. The issuer lists what was revoked for a
 * minute past `exp`, which has to stay longer than this and the difference of the clocks together.
 */
const CLOCK_TOLERANCE = 5;

/** How long the issuer's keys are left alone after they were looked for, in seconds. */
const COOLDOWN = 30;

/** Never `none` and never a symmetric algorithm: with those, anybody could sign with what is public. */
const ALGORITHMS = ['ES256', 'EdDSA', 'RS256'];

/** What jose says of a key set that it could not get or read. */
const OUTAGES: ReadonlySet<string> = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

/**
 * Verifies access tokens: signature, type, issuer, audience and time. The issuer's keys are fetched when they
 * are first needed and kept; an unknown `kid` makes it look again, at most every 30 seconds. So a new key has to be
 * published that long before tokens are signed with it. Where it was not, in an emergency, its tokens are neither taken nor
 * refused until the issuer may be asked again.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-4 RFC 9068 §4}
 */
export function verifyByKeys(options: ResourceServerOptions): VerifyToken {
  const { issuer, resource, jwksUri = `${issuer}/connect/jwks`, clock = Date.now } = options;
  const { fetch = (url: string, init: RequestInit) => globalThis.fetch(url, init) } = options;
  let looks = 0;
  let lookedAt = 0;
  const howToLook = {
    cooldownDuration: COOLDOWN * 1_000,
    [customFetch]: async (url: string, init: RequestInit) => {
      const at = clock();
      const response = await boundedResponse(await fetch(url, init), MAX_BYTES);
      looks += 1;
      lookedAt = at;
      return response;
    },
  };
  const keys = createRemoteJWKSet(new URL(jwksUri), howToLook);
  /** Whether a token of an unknown key may be by a key that is newer than the keys here, which cannot be asked for yet. */
  const mayBeNewer = (jwt: string, looksBefore: number): boolean =>
    keys.coolingDown &&
    looks === looksBefore &&
    !keys.jwks()?.keys.some(({ kid }) => kid === decodeProtectedHeader(jwt).kid) &&
    claimsToBeNewer(jwt, issuer, lookedAt / 1_000);

  return async (jwt) => {
    const looksBefore = looks;
    try {
      const { payload } = await jwtVerify(jwt, keys, {
        issuer,
        typ: 'at+jwt',
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE,
        currentDate: new Date(clock()),
        requiredClaims: ['exp', 'iat', 'sub', 'jti', 'client_id', 'aud'],
      });
      return readClaims(payload, resource);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey && mayBeNewer(jwt, looksBefore)) {
        const retryAfter = Math.max(1, Math.ceil(lookedAt / 1_000 + COOLDOWN - clock() / 1_000));
        return { ok: false, reason: 'its key is unknown, and keys were just looked for', retryAfter };
      }
      if (error instanceof errors.JOSEError && !OUTAGES.has(error.code)) {
        return { ok: false, reason: error.code };
      }
      throw new IssuerUnavailable(`No keys came from ${jwksUri}.`, { cause: error });
    }
  };
}

/**
 * Whether a token names a key and this issuer, and was issued after the last look at the issuer's keys. The token is not
 * verified: its claims decide only which refusal it gets.
 */
function claimsToBeNewer(jwt: string, issuer: string, lookedAt: number): boolean {
  if (typeof decodeProtectedHeader(jwt).kid !== 'string') return false;
  try {
    const { iss, iat } = decodeJwt(jwt);
    return iss === issuer && typeof iat === 'number' && iat >= lookedAt - CLOCK_TOLERANCE;
  } catch (error) {
    // Its key was looked for before its payload was read: that is no JSON object.
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}
