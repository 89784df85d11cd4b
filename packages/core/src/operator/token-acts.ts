import type { Actor } from '../audit/actor.ts';
import { recordedDifference } from '../audit/recorded-state.ts';
import { initialAccessTokenHash } from '../registration/admit.ts';
import type { ClientBounds, InitialAccessToken } from '../registration/initial-access-token.ts';
import type { Instant } from '../time.ts';
import type { ActContext } from './act-context.ts';

/** What an initial access token allows. */
export interface TokenTerms extends ClientBounds {
  readonly note?: string;
  readonly expiresAt: Instant;
  /** How many clients can be registered with it, at least 1. */
  readonly maxUses: number;
}

/** An initial access token that was just issued. */
export interface IssuedToken {
  readonly record: InitialAccessToken;
  /** The token itself. It is returned once; only its hash is stored. */
  readonly token: string;
}

/** The initial access tokens of a realm. */
export interface TokenActs {
  /** Issues an initial access token: `vit_` and 256 random bits, so that secret scanners recognize a leaked one. */
  issue(actor: Actor, realm: string, terms: TokenTerms): Promise<IssuedToken>;
  /** Revokes an initial access token: no client can register with it any more. Existing clients stay. */
  revoke(actor: Actor, realm: string, id: string): Promise<'revoked' | 'missing'>;
}

type TokenContext = Pick<ActContext, 'initialAccessTokens' | 'clock' | 'generateToken' | 'hash' | 'record'>;

export const tokenActs = (context: TokenContext): TokenActs => ({
  async issue(actor, realm, terms) {
    const issued = await issueToken(context, realm, terms);
    const { id: initialAccessTokenId } = issued.record;
    await context.record(actor, realm, {
      type: 'initial-access-token.issued',
      initialAccessTokenId,
      ...recordedDifference(undefined, termsOf(terms)),
    });
    return issued;
  },
  async revoke(actor, realm, id) {
    const { initialAccessTokens, clock, record } = context;
    const outcome = await initialAccessTokens.revoke(realm, id, clock());
    if (outcome === 'revoked') {
      await record(actor, realm, {
        type: 'initial-access-token.revoked',
        initialAccessTokenId: id,
        after: { revoked: true },
      });
    }
    return outcome;
  },
});

const termsOf = ({ note, expiresAt, maxUses, redirectHosts, scopes, resources }: TokenTerms): object => ({
  note,
  expiresAt,
  maxUses,
  redirectHosts,
  scopes,
  resources,
});

async function issueToken(context: TokenContext, realm: string, terms: TokenTerms): Promise<IssuedToken> {
  const { initialAccessTokens, clock, generateToken, hash } = context;
  const token = `vit_${generateToken()}`;
  const record: InitialAccessToken = {
    ...terms,
    realm,
    id: `iat-${generateToken().slice(0, 12)}`,
    hash: initialAccessTokenHash(hash, token),
    createdAt: clock(),
    uses: 0,
  };
  const inserted = await initialAccessTokens.insert(record);
  return inserted === 'inserted' ? { record, token } : issueToken(context, realm, terms);
}
