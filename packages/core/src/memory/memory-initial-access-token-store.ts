import { type InitialAccessToken, whyUnusable } from '../registration/initial-access-token.ts';
import type { InitialAccessTokenStore } from '../ports/initial-access-token-store.ts';
import type { Sweeper } from '../ports/sweeper.ts';
import type { Instant } from '../time.ts';
import { createJournal, type Journal } from './journal.ts';
import { promised, type Synchronous } from './promised.ts';
import { key } from './record-key.ts';
import { pageById } from './memory-page.ts';
import { sweepMap } from './memory-sweep.ts';

/** Stores initial access tokens in memory. For tests and examples. */
export const createMemoryInitialAccessTokenStore = (): InitialAccessTokenStore & Sweeper =>
  promised<InitialAccessTokenStore & Sweeper>(createInitialAccessTokenTable(createJournal()));

/** Initial access tokens in memory. */
export interface InitialAccessTokenTable extends Synchronous<InitialAccessTokenStore & Sweeper> {
  /** Revokes a token, unless it was revoked before. @returns why it was not */
  readonly revokeOnce: (realm: string, id: string, at: Instant) => 'missing' | 'revoked' | undefined;
}

/** Creates a table of initial access tokens. */
export function createInitialAccessTokenTable(journal: Journal): InitialAccessTokenTable {
  const tokens = journal.map<InitialAccessToken>();
  const ofRealm = (realm: string): readonly InitialAccessToken[] =>
    [...tokens.values()].filter((token) => token.realm === realm);
  const ofHash = (realm: string, hash: string): InitialAccessToken | undefined =>
    ofRealm(realm).find((token) => token.hash === hash);
  const set = (token: InitialAccessToken): void =>
    void tokens.set(key(token.realm, token.id), structuredClone(token));

  return {
    insert: (token) => {
      const { realm, id, hash } = token;
      if (tokens.has(key(realm, id)) || ofHash(realm, hash) !== undefined) return 'exists';
      set(token);
      return 'inserted';
    },
    findByHash: (realm, hash) => structuredClone(ofHash(realm, hash)),
    list: (realm, page) => pageById(ofRealm(realm), page),
    use: (realm, hash, now) => {
      const token = ofHash(realm, hash);
      if (token === undefined || whyUnusable(token, now) !== undefined) return 'refused';
      set({ ...token, uses: token.uses + 1 });
      return 'counted';
    },
    release: (realm, hash) => {
      const token = ofHash(realm, hash);
      if (token !== undefined && token.uses > 0) set({ ...token, uses: token.uses - 1 });
    },
    revoke: (realm, id, at) => {
      const token = tokens.get(key(realm, id));
      if (token === undefined) return 'missing';
      set({ revokedAt: at, ...token });
      return 'revoked';
    },
    revokeOnce: (realm, id, at) => {
      const token = tokens.get(key(realm, id));
      if (token === undefined) return 'missing';
      if (token.revokedAt !== undefined) return 'revoked';
      set({ ...token, revokedAt: at });
      return undefined;
    },
    sweep: (now, limit) => sweepMap(tokens, now, limit),
  };
}
