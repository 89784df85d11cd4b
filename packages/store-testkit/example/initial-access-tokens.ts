import type { InitialAccessTokenStore } from '@vestibule/core';
import { type InitialAccessToken, whyUnusable } from '@vestibule/core/registration';
import type { Ledger } from './ledger.ts';
import { pageOf } from './page.ts';
import { createRecords, type Records } from './records.ts';

/** Initial access tokens, under their hashes. */
export function createInitialAccessTokens(
  ledger: Ledger,
): InitialAccessTokenStore & Pick<Records<InitialAccessToken>, 'sweep'> {
  const tokens = createRecords<InitialAccessToken>(
    ledger,
    'initial-access-tokens',
    ({ realm, hash }) => [realm, hash],
    (token, other) => token.realm === other.realm && token.id === other.id,
  );
  const save = (token: InitialAccessToken): void => tokens.set(token, token.realm, token.hash);
  const ofRealm = (realm: string): readonly InitialAccessToken[] =>
    tokens.all().filter((token) => token.realm === realm);

  return {
    insert: tokens.insert,
    findByHash: tokens.find,
    sweep: tokens.sweep,
    list: (realm, page) => ledger.operate(() => pageOf(ofRealm(realm), ({ id }) => id, page)),
    use: (realm, hash, now) =>
      ledger.operate(() => {
        const token = tokens.get(realm, hash);
        if (token === undefined || whyUnusable(token, now) !== undefined) return 'refused';
        save({ ...token, uses: token.uses + 1 });
        return 'counted';
      }),
    release: (realm, hash) =>
      ledger.operate(() => {
        const token = tokens.get(realm, hash);
        if (token !== undefined && token.uses > 0) save({ ...token, uses: token.uses - 1 });
      }),
    revoke: (realm, id, at) =>
      ledger.operate(() => {
        const token = ofRealm(realm).find((one) => one.id === id);
        if (token === undefined) return 'missing';
        if (token.revokedAt === undefined) save({ ...token, revokedAt: at });
        return 'revoked';
      }),
  };
}
