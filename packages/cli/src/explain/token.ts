import type { Instant } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { type InitialAccessToken, whyUnusable } from '@vestibule/core/registration';
import { harmless } from '../output/harmless.ts';
import type { RealmContext } from '../realm/in-realm.ts';
import { allTokens } from '../tokens/all-tokens.ts';
import { unknownToken } from '../tokens/unknown-token.ts';

/**
 * The initial access token with this id.
 *
 * @throws Refused if it does not exist
 */
export async function tokenOf(
  { stores, realm }: Pick<RealmContext, 'stores' | 'realm'>,
  id: string,
): Promise<InitialAccessToken> {
  const tokens = await allTokens(stores.initialAccessTokens, realm.id);
  const token = tokens.find((one) => one.id === id);
  if (token === undefined) throw unknownToken(realm.id, id);
  return token;
}

/** Why no client can register with a token, whatever it sends; `undefined` if clients can. */
export function unusableReason(token: InitialAccessToken, realm: Realm, now: Instant): string | undefined {
  const { id } = token;
  if (realm.settings.registration.mode === 'anonymous') {
    return `The realm ${realm.id} ignores initial access tokens, because its mode is anonymous.`;
  }
  const why = whyUnusable(token, now);
  return why && `The initial access token ${harmless(id)} is ${why}. Clients can no longer register with it.`;
}
