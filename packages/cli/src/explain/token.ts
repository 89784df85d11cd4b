import { type InitialAccessToken, type Instant, type Realm, whyUnusable } from '@vestibule/core';
import { harmless } from '../output/harmless.ts';
import type { RealmAtHand } from '../realm/in-realm.ts';
import { everyToken } from '../tokens/every.ts';
import { noSuchToken } from '../tokens/missing-token.ts';

/**
 * The initial access token of an id.
 *
 * @throws Refused where there is none
 */
export async function tokenOf(
  { stores, realm }: Pick<RealmAtHand, 'stores' | 'realm'>,
  id: string,
): Promise<InitialAccessToken> {
  const tokens = await everyToken(stores.initialAccessTokens, realm.id);
  const token = tokens.find((one) => one.id === id);
  if (token === undefined) throw noSuchToken(realm.id, id);
  return token;
}

/** Why nobody registers with a token, whatever is said of what they send; `undefined` where they may. */
export function whyUseless(token: InitialAccessToken, realm: Realm, now: Instant): string | undefined {
  const { id } = token;
  if (realm.settings.registration.mode === 'anonymous') {
    return `No initial access token counts in the realm ${realm.id}, whose mode is anonymous.`;
  }
  const why = whyUnusable(token, now);
  return why && `The initial access token ${harmless(id)} is ${why}: nobody registers with it any more.`;
}
