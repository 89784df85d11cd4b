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

type TokenContext = Pick<ActContext, 'clock' | 'generateToken' | 'hash' | 'carryOut'>;

export const tokenActs = (context: TokenContext): TokenActs => ({
  issue: (actor, realm, terms) => issueToken(context, actor, realm, terms),
  async revoke(actor, realm, id) {
    const { clock, carryOut } = context;
    const outcome = await carryOut({
      actor,
      realm,
      changes: [{ kind: 'initial-access-token.revoke', realm, id, at: clock() }],
      event: { type: 'initial-access-token.revoked', initialAccessTokenId: id, after: { revoked: true } },
    });
    // A second time nothing is changed and nothing is recorded.
    if (outcome.committed) return 'revoked';
    return 'reason' in outcome.unmet && outcome.unmet.reason === 'revoked' ? 'revoked' : 'missing';
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

async function issueToken(
  context: TokenContext,
  actor: Actor,
  realm: string,
  terms: TokenTerms,
): Promise<IssuedToken> {
  const { clock, generateToken, hash, carryOut } = context;
  const token = `vit_${generateToken()}`;
  const record: InitialAccessToken = {
    ...terms,
    realm,
    id: `iat-${generateToken().slice(0, 12)}`,
    hash: initialAccessTokenHash(hash, token),
    createdAt: clock(),
    uses: 0,
  };
  const { committed } = await carryOut({
    actor,
    realm,
    changes: [{ kind: 'initial-access-token.insert', token: record }],
    event: {
      type: 'initial-access-token.issued',
      initialAccessTokenId: record.id,
      ...recordedDifference(undefined, termsOf(terms)),
    },
  });
  return committed ? { record, token } : issueToken(context, actor, realm, terms);
}
