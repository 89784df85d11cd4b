import { mayTarget } from '@vestibule/core';
import type { Api, Realm } from '@vestibule/core/realm';
import { Refused } from '@vestibule/database';
import type { CommandContext } from '../context/command-context.ts';
import type { RealmOptions } from '../options/common.ts';
import { printResult } from '../output/print.ts';
import { sheet } from '../output/sheet.ts';
import { table } from '../output/table.ts';
import { unknownName } from '../output/unknown-name.ts';
import { inRealm } from '../realm/in-realm.ts';

/** Lists the APIs of a realm. */
export async function listApis(context: CommandContext, options: RealmOptions): Promise<void> {
  const apis = await inRealm(context, options, async ({ realm }) => realm.apis);
  printResult(context, options, {
    document: apis.map(apiDocument),
    text: () =>
      apis.length === 0
        ? 'The realm has no APIs.'
        : table({
            columns: [
              { title: 'id', cell: ({ id }) => id },
              { title: 'name', cell: ({ name }) => name, atLeast: 8 },
              { title: 'resource', cell: ({ resource }) => resource, atLeast: 12 },
              { title: 'scopes', cell: ({ scopes }) => scopes.join(' '), atLeast: 8, spare: 1 },
              { title: 'gate', cell: (api) => (mayTarget(api) ? 'open' : 'closed') },
            ],
            rows: apis,
            width: context.stdout.columns,
          }),
  });
}

/**
 * Prints all details of an API.
 *
 * @throws Refused if the realm does not have it
 */
export async function showApi(context: CommandContext, options: RealmOptions, id: string): Promise<void> {
  const api = await inRealm(context, options, async ({ realm }) => {
    const found = realm.apis.find((one) => one.id === id);
    if (found === undefined) throw new Refused(unknownApi(realm, id));
    return found;
  });
  printResult(context, options, {
    document: apiDocument(api),
    text: () =>
      sheet([
        ['id', api.id],
        ['name', api.name],
        ['resource', api.resource],
        ['scopes', api.scopes],
        ['gate', mayTarget(api) ? 'open to dynamic clients' : 'closed to dynamic clients'],
        ['DPoP', api.dpop ?? 'off'],
        ['requests', api.pushedRequestsOnly === true ? 'must be pushed first' : 'need not be pushed'],
        ['people', peopleOf(api)],
        ['secrets', String(api.secretHashes?.length ?? 0)],
      ]),
  });
}

/** Whose people may let apps use it, in words. */
const peopleOf = ({ allowedGroups }: Api): string | readonly string[] =>
  allowedGroups?.map((name) => `those of the group ${name}`) ?? 'every person may let apps use it';

/** An API as JSON, without the hashes of its secrets. */
export const apiDocument = ({ secretHashes = [], ...api }: Api): object => ({
  ...api,
  secrets: secretHashes.length,
});

export const unknownApi = ({ apis }: Pick<Realm, 'apis'>, id: string): string =>
  unknownName(
    'API',
    id,
    apis.map((api) => api.id),
  );
