import { type Api, type InitialAccessToken, sameResource } from '@vestibule/core';
import type { RealmOptions } from '../options/common.ts';
import { painter, type Tone } from '../output/paint.ts';
import { tell } from '../output/print.ts';
import { type Column, table } from '../output/table.ts';
import { shortTime } from '../output/time.ts';
import { inRealm, type RealmAtHand } from '../realm/in-realm.ts';
import type { Surroundings } from '../context/context.ts';
import { tokenDocument, type TokenState, tokenState } from './token-document.ts';
import { everyToken } from './every.ts';

/** Lists the initial access tokens of a realm, without themselves. Those that expired go with the next sweep. */
export async function listTokens(surroundings: Surroundings, options: RealmOptions): Promise<void> {
  const hand = await inRealm(surroundings, options, async ({ realm, now, stores }) => ({
    realm,
    now,
    tokens: await everyToken(stores.initialAccessTokens, realm.id),
  }));
  const { realm, now, tokens } = hand;
  tell(surroundings, options, {
    document: tokens.map((token) => tokenDocument(token, now)),
    text: () =>
      tokens.length === 0
        ? `There are no initial access tokens in the realm ${realm.id}.`
        : table({
            columns: columnsFor(surroundings, hand),
            rows: tokens,
            width: surroundings.stdout.columns,
          }),
  });
}

const TONES: Readonly<Record<TokenState, Tone>> = {
  usable: 'good',
  revoked: 'bad',
  expired: 'quiet',
  spent: 'quiet',
};

function columnsFor(
  surroundings: Surroundings,
  { realm, now }: Pick<RealmAtHand, 'realm' | 'now'>,
): readonly Column<InitialAccessToken>[] {
  const paint = painter(surroundings, surroundings.stdout);
  const names = (values: readonly string[] | undefined): string => values?.join(', ') ?? '';
  return [
    { title: 'id', cell: ({ id }) => id },
    {
      title: 'state',
      cell: (token) => tokenState(token, now),
      paint: (text, token) => paint(TONES[tokenState(token, now)], text),
    },
    { title: 'used', cell: ({ uses, maxUses }) => `${uses} of ${maxUses}` },
    { title: 'until', cell: ({ expiresAt }) => shortTime(expiresAt) },
    { title: 'note', cell: ({ note = '' }) => note, atLeast: 8, spare: 1 },
    { title: 'hosts', cell: ({ redirectHosts }) => names(redirectHosts), atLeast: 8, spare: 4 },
    { title: 'scopes', cell: ({ scopes }) => names(scopes), atLeast: 8, spare: 2 },
    {
      title: 'APIs',
      cell: ({ resources }) => names(resources?.map((resource) => apiId(realm.apis, resource))),
      atLeast: 8,
      spare: 3,
    },
  ];
}

/** What operators call the API, where the realm still has it. */
const apiId = (apis: readonly Api[], resource: string): string =>
  apis.find((api) => sameResource(api.resource, resource))?.id ?? resource;
