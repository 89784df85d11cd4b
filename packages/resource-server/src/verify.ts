import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose';
import type { ResourceServerOptions } from './options.ts';

/** What a good access token says. */
export interface AccessToken {
  readonly subject: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** In seconds since 1970. */
  readonly expiresAt: number;
  /** The token's own id (`jti`). */
  readonly id: string;
}

export type VerifiedToken =
  { readonly ok: true; readonly token: AccessToken } | { readonly ok: false; readonly reason: string };

/** @throws where the issuer's keys cannot be had: an outage, of which the token is not guilty */
export type VerifyToken = (token: string) => Promise<VerifiedToken>;

/** How far clocks may differ, in seconds. */
const CLOCK_TOLERANCE = 5;

/** Never `none` and never a symmetric algorithm: with those, anybody could sign with what is public. */
const ALGORITHMS = ['ES256', 'EdDSA', 'RS256'];

/** What jose says of a key set that it could not get or read. */
const OUTAGES: ReadonlySet<string> = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

/**
 * Verifies access tokens: signature, type, issuer, audience and time. The issuer's keys are fetched when they
 * are first needed and kept; an unknown `kid` makes it look again, at most every 30 seconds. So a new key has to be
 * published that long before tokens are signed with it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-4 RFC 9068 §4}
 */
export function createTokenVerifier(options: ResourceServerOptions): VerifyToken {
  const { issuer, resource, jwksUri = `${issuer}/connect/jwks`, fetch } = options;
  const keys = createRemoteJWKSet(new URL(jwksUri), fetch && { [customFetch]: fetch });

  return async (jwt) => {
    try {
      const { payload } = await jwtVerify(jwt, keys, {
        issuer,
        typ: 'at+jwt',
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE,
        requiredClaims: ['exp', 'iat', 'sub', 'jti', 'client_id', 'aud'],
      });
      const { sub, exp, jti, client_id: clientId, scope = '', aud } = payload;
      // One audience, and it is this API: a token that is good elsewhere too is not for here.
      if (typeof aud !== 'string' || withoutSlash(aud) !== withoutSlash(resource)) {
        return no('it is for another API');
      }
      if (sub === undefined || exp === undefined || jti === undefined || typeof clientId !== 'string') {
        return no('a claim is missing');
      }
      const scopes = typeof scope === 'string' ? scope.split(' ').filter((name) => name !== '') : [];
      return { ok: true, token: { subject: sub, clientId, scopes, expiresAt: exp, id: jti } };
    } catch (error) {
      if (error instanceof errors.JOSEError && !OUTAGES.has(error.code)) return no(error.code);
      throw error;
    }
  };
}

const no = (reason: string): VerifiedToken => ({ ok: false, reason });

/** A bare origin is one resource with and without its slash. */
const withoutSlash = (resource: string): string => resource.replace(/^(https?:\/\/[^/?#]+)\/$/, '$1');
