import { createRemoteJWKSet, customFetch, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { boundedResponse } from '../issuer/bounded-json.ts';
import { IssuerUnavailable } from '../issuer/unavailable.ts';
import type { ResourceServerOptions } from '../options.ts';
import { readClaims, type VerifyToken } from './access-token.ts';

/** The largest key set, in bytes: hundreds of keys. */
const MAX_BYTES = 131_072;

/**
 * How long past its `exp` a token is accepted, in seconds, because clocks differ. The issuer lists revoked tokens for a
 * minute past `exp`, which must be longer than this tolerance and the difference of the clocks together.
 */
const CLOCK_TOLERANCE = 5;

/** How long to wait after fetching the keys before fetching them again, in seconds. */
const COOLDOWN = 30;

/** Neither `none` nor symmetric algorithms, with which a token could be forged from public data. */
const ALGORITHMS = ['ES256', 'EdDSA', 'RS256'];

/** The error codes of `jose` for a key set that could not be fetched or read. */
const OUTAGES: ReadonlySet<string> = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

/**
 * Verifies access tokens: signature, type, issuer, audience and time. The keys of the issuer are fetched on demand and kept;
 * an unknown `kid` triggers another fetch, at most every 30 seconds. So a new key has to be published that long before
 * tokens are signed with it. If it was not, as in an emergency, tokens of the new key get `retryAfter` until the keys can be
 * fetched again.
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
  /** Whether a token may be signed by a key that is newer than the last fetch, while another fetch is not allowed yet. */
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
 * Whether a token names a key and this issuer, and was issued after the last fetch of the keys. The token is not verified:
 * its claims only decide which refusal it gets.
 */
function claimsToBeNewer(jwt: string, issuer: string, lookedAt: number): boolean {
  if (typeof decodeProtectedHeader(jwt).kid !== 'string') return false;
  try {
    const { iss, iat } = decodeJwt(jwt);
    return iss === issuer && typeof iat === 'number' && iat >= lookedAt - CLOCK_TOLERANCE;
  } catch (error) {
    // The key was found before the payload was parsed: the payload is not a JSON object.
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}
