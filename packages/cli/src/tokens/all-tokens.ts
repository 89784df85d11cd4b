import type { InitialAccessTokenStore } from '@vestibule/core';
import type { InitialAccessToken } from '@vestibule/core/registration';

/** All initial access tokens of a realm, sorted by id. */
export async function allTokens(
  store: InitialAccessTokenStore,
  realm: string,
): Promise<readonly InitialAccessToken[]> {
  const tokens: InitialAccessToken[] = [];
  let after: string | undefined;
  do {
    const page = await store.list(realm, { limit: 500, ...(after !== undefined && { after }) });
    tokens.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return tokens;
}
