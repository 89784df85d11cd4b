import type { Instant } from '@vestibule/core';
import { hmac, sha256 } from '../web/digest.ts';
import type { PresentedRefreshToken, RefreshTokenRecord } from '../ports/grant-store.ts';

/**
 * The secret of a family, and what tells one of its tokens from the others. Anything of another shape was never issued
 * with a family secret, so a mangled token is unknown, and ends nothing.
 */
const FAMILY_TOKEN = /^([\w-]{43})\.[\w-]{43}$/;

/** The secret of the family, which its tokens begin with; `undefined` for tokens that were issued without one. */
const familySecret = (token: string): string | undefined => FAMILY_TOKEN.exec(token)?.[1];

/** A refresh token as it is stored. */
export async function refreshTokenRecord(token: string, expiresAt: Instant): Promise<RefreshTokenRecord> {
  return { ...(await presentedRefreshToken(token)), expiresAt };
}

/** A refresh token as it is looked up. */
export async function presentedRefreshToken(token: string): Promise<PresentedRefreshToken> {
  const hash = await sha256(`refresh:${token}`);
  const secret = familySecret(token);
  return secret === undefined ? { hash } : { hash, family: await sha256(`refresh-family:${secret}`) };
}

/**
 * The first refresh token of a family. All tokens of a family begin with the same secret: a token that is no longer stored is
 * still recognized as one of the family, and a client that never held one cannot end it.
 *
 * @param secret of the family, random
 * @param rest random, for this token alone
 */
export async function firstToken(secret: string, rest: string): Promise<string> {
  // Hashed, so that a token has the same shape whatever random values of this server look like.
  return `${await sha256(`family:${secret}`)}.${await sha256(`first:${rest}`)}`;
}

/**
 * The refresh token that follows another. It takes both the token, which only the client has, and the seed,
 * which only the store has: so a retry can be given the same successor though no token is kept in clear. A token without
 * a family secret is followed by one with a secret, derived from both as well.
 */
export async function successorOf(token: string, seed: string): Promise<string> {
  const secret = familySecret(token) ?? (await hmac(token, `family:${seed}`));
  return `${secret}.${await hmac(token, `successor:${seed}`)}`;
}
