import type { InitialAccessTokenTable } from '@vestibule/core/memory';
import { type InitialAccessToken, whyUnusable } from '@vestibule/core/registration';
import type { Ledger } from './ledger.ts';
import { pageOf } from './page.ts';
import { createTable } from './table.ts';

/** Initial access tokens, under their hashes. */
export function createInitialAccessTokens(ledger: Ledger): InitialAccessTokenTable {
  const tokens = createTable<InitialAccessToken>(
    ledger,
    'initial-access-tokens',
    ({ realm, hash }) => [realm, hash],
    (token, other) => token.realm === other.realm && token.id === other.id,
  );
  const ofRealm = (realm: string): readonly InitialAccessToken[] =>
    tokens.all().filter((token) => token.realm === realm);
  return {
    insert: tokens.insert,
    findByHash: tokens.find,
    list: (realm, page) => pageOf(ofRealm(realm), ({ id }) => id, page),
    use: (realm, hash, now) => {
      const token = tokens.find(realm, hash);
      if (token === undefined || whyUnusable(token, now) !== undefined) return 'refused';
      tokens.set({ ...token, uses: token.uses + 1 });
      return 'counted';
    },
    release: (realm, hash) => {
      const token = tokens.find(realm, hash);
      if (token !== undefined && token.uses > 0) tokens.set({ ...token, uses: token.uses - 1 });
    },
    revoke: (realm, id, at) => {
      const token = ofRealm(realm).find((one) => one.id === id);
      if (token === undefined) return 'missing';
      if (token.revokedAt === undefined) tokens.set({ ...token, revokedAt: at });
      return 'revoked';
    },
    revokeOnce: (realm, id, at) => {
      const token = ofRealm(realm).find((one) => one.id === id);
      if (token === undefined) return 'missing';
      if (token.revokedAt !== undefined) return 'revoked';
      tokens.set({ ...token, revokedAt: at });
      return undefined;
    },
    sweep: (now, limit) => tokens.remove(({ expiresAt }) => expiresAt <= now, limit),
  };
}
