import { type Instant, parseScope } from '@vestibule/core';
import { errors, type JWK, jwtVerify } from 'jose';
import { keySetOf } from '../key/key-set.ts';

/** The content of an access token of the realm. */
export interface VerifiedAccessToken {
  /** The `jti`. */
  readonly id: string;
  readonly grantId: string;
  readonly clientId: string;
  readonly subject: string;
  /** The only API that it is for. */
  readonly resource: string;
  readonly scopes: readonly string[];
  /** The thumbprint of the key that it is bound to. It is valid only with a proof of that key. */
  readonly proofKey?: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export interface AccessTokenQuestion {
  readonly token: string;
  readonly issuer: string;
  readonly keys: readonly JWK[];
  readonly now: Instant;
}

/**
 * Verifies an access token that this realm issued: signature, type, issuer and time. Returns `undefined` for any other text.
 * The realm determines the keys and the algorithm, never the token.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-4 RFC 9068 §4}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3 RFC 8725 §3}
 */
export async function verifyAccessToken({
  token,
  issuer,
  keys,
  now,
}: AccessTokenQuestion): Promise<VerifiedAccessToken | undefined> {
  try {
    const { payload } = await jwtVerify(token, keySetOf(keys), {
      issuer,
      typ: 'at+jwt',
      algorithms: [...new Set(keys.flatMap(({ alg }) => alg ?? []))],
      currentDate: new Date(now),
    });
    const { jti: id, sub: subject, aud: resource, iat, exp, client_id, grant_id, scope, cnf } = payload;
    const texts = { id, subject, resource, clientId: client_id, grantId: grant_id };
    const scopes = typeof scope === 'string' ? parseScope(scope) : undefined;
    if (!areTexts(texts) || iat === undefined || exp === undefined || scopes === undefined) return undefined;
    if (cnf === undefined) return { ...texts, scopes, issuedAt: iat, expiresAt: exp };
    // Refuses a token that is bound by another method, which cannot be checked here.
    const proofKey = thumbprintOf(cnf);
    return proofKey === undefined ? undefined : { ...texts, scopes, proofKey, issuedAt: iat, expiresAt: exp };
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

const thumbprintOf = (cnf: unknown): string | undefined =>
  typeof cnf === 'object' && cnf !== null && 'jkt' in cnf && typeof cnf.jkt === 'string'
    ? cnf.jkt
    : undefined;

const areTexts = <Name extends string>(
  texts: Readonly<Record<Name, unknown>>,
): texts is Readonly<Record<Name, string>> => Object.values(texts).every((text) => typeof text === 'string');
