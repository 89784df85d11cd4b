import type { ClientBounds, InitialAccessToken } from '../registration/initial-access-token.ts';
import { initialAccessTokenHash } from '../registration/admit.ts';
import type { Instant } from '../time.ts';
import type { OperatorOptions } from './operator-options.ts';

/** What an initial access token is to allow. */
export interface TokenTerms extends ClientBounds {
  readonly note?: string;
  readonly expiresAt: Instant;
  /** How many clients may be registered with it: 1 or more. */
  readonly maxUses: number;
}

/** A token that was just made. */
export interface IssuedToken {
  readonly record: InitialAccessToken;
  /** The token itself: shown once, kept nowhere. */
  readonly token: string;
}

/** Makes an initial access token: `vit_` and 256 random bits, so that a leaked one is recognised for what it is. */
export async function issueToken(
  options: Pick<OperatorOptions, 'initialAccessTokens' | 'clock' | 'generateToken' | 'hash'>,
  realm: string,
  terms: TokenTerms,
): Promise<IssuedToken> {
  const { initialAccessTokens, clock, generateToken, hash } = options;
  const token = `vit_${generateToken()}`;
  const record: InitialAccessToken = {
    ...terms,
    realm,
    id: `iat-${generateToken().slice(0, 12)}`,
    hash: await initialAccessTokenHash(hash, token),
    createdAt: clock(),
    uses: 0,
  };
  const inserted = await initialAccessTokens.insert(record);
  return inserted === 'inserted' ? { record, token } : issueToken(options, realm, terms);
}
