import { sameResource } from '@vestibule/core';
import type { Api } from '@vestibule/core/realm';
import type { InitialAccessToken } from '@vestibule/core/registration';
import type { RealmOptions } from '../options/common.ts';
import { painter, type Tone } from '../output/paint.ts';
import { printResult } from '../output/print.ts';
import { type Column, table } from '../output/table.ts';
import { shortTime } from '../output/time.ts';
import { inRealm, type RealmContext } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';
import { tokenDocument, type TokenState, tokenState } from './token-document.ts';
import { allTokens } from './all-tokens.ts';

/** Prints the initial access tokens of a realm, without the token values. Expired ones are deleted by the next sweep. */
export async function listTokens(context: CommandContext, options: RealmOptions): Promise<void> {
  const realmContext = await inRealm(context, options, async ({ realm, now, stores }) => ({
    realm,
    now,
    tokens: await allTokens(stores.initialAccessTokens, realm.id),
  }));
  const { realm, now, tokens } = realmContext;
  printResult(context, options, {
    document: tokens.map((token) => tokenDocument(token, now)),
    text: () =>
      tokens.length === 0
        ? `The realm ${realm.id} has no initial access tokens.`
        : table({
            columns: columnsFor(context, realmContext),
            rows: tokens,
            width: context.stdout.columns,
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
  context: CommandContext,
  { realm, now }: Pick<RealmContext, 'realm' | 'now'>,
): readonly Column<InitialAccessToken>[] {
  const paint = painter(context, context.stdout);
  const names = (values: readonly string[] | undefined): string => values?.join(', ') ?? '';
  return [
    { title: 'id', cell: ({ id }) => id },
    {
      title: 'state',
      cell: (token) => tokenState(token, now),
      paint: (text, token) => paint(TONES[tokenState(token, now)], text),
    },
    { title: 'used', cell: ({ uses, maxUses }) => `${uses} of ${maxUses}` },
    { title: 'expires', cell: ({ expiresAt }) => shortTime(expiresAt) },
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

/** The id of the API with a resource; the resource itself if the realm no longer has the API. */
const apiId = (apis: readonly Api[], resource: string): string =>
  apis.find((api) => sameResource(api.resource, resource))?.id ?? resource;
