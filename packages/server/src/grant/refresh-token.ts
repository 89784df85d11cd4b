import type { Instant } from '@vestibule/core';
import { hmac, sha256 } from '../web/digest.ts';
import type { PresentedRefreshToken, RefreshTokenRecord } from '../ports/grant-store.ts';

/**
 * The secret of a family, and the part that distinguishes its tokens. A token of another form was never issued with a family
 * secret, so a damaged token is unknown and ends no grant.
 */
const FAMILY_TOKEN = /^([\w-]{43})\.[\w-]{43}$/;

/** The secret of the family, with which its tokens begin; `undefined` for tokens that were issued without one. */
const familySecret = (token: string): string | undefined => FAMILY_TOKEN.exec(token)?.[1];

/** A refresh token in its stored form. */
export function refreshTokenRecord(token: string, expiresAt: Instant): RefreshTokenRecord {
  return { ...presentedRefreshToken(token), expiresAt };
}

/** A refresh token in the form in which it is looked up. */
export function presentedRefreshToken(token: string): PresentedRefreshToken {
  const hash = sha256(`refresh:${token}`);
  const secret = familySecret(token);
  return secret === undefined ? { hash } : { hash, family: sha256(`refresh-family:${secret}`) };
}

/**
 * The first refresh token of a family. All tokens of a family begin with the same secret: a token that is no longer stored
 * is still recognized as one of the family, and a client that never held one cannot end it.
 *
 * @param secret the random secret of the family
 * @param rest random, for this token only
 */
export function firstToken(secret: string, rest: string): string {
  // Hashed, so that tokens have the same form for every kind of random value.
  return `${sha256(`family:${secret}`)}.${sha256(`first:${rest}`)}`;
}

/**
 * The successor of a refresh token. It is derived from the token, which only the client has, and from the seed, which only
 * the store has: a retry gets the same successor, although no token is stored in clear. The successor of a token without a
 * family secret has one, derived from both as well.
 */
export function successorOf(token: string, seed: string): string {
  const secret = familySecret(token) ?? hmac(token, `family:${seed}`);
  return `${secret}.${hmac(token, `successor:${seed}`)}`;
}
