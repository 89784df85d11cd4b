import type { Realm } from '@vestibule/core/realm';
import type { CommandContext } from '../context/command-context.ts';
import type { RealmOptions } from '../options/common.ts';
import { printResult } from '../output/print.ts';
import { table } from '../output/table.ts';
import { inRealm } from '../realm/in-realm.ts';

/** Lists the scopes of a realm, with the APIs that have them. */
export async function listScopes(context: CommandContext, options: RealmOptions): Promise<void> {
  const { scopes, apis } = await inRealm(context, options, async ({ realm }) => realm);
  const having = (name: string): readonly string[] => apisWith({ apis }, name);
  printResult(context, options, {
    document: scopes.map((scope) => ({ ...scope, apis: having(scope.name) })),
    text: () =>
      scopes.length === 0
        ? 'The realm has no scopes.'
        : table({
            columns: [
              { title: 'scope', cell: ({ name }) => name },
              { title: 'description', cell: ({ description }) => description, atLeast: 12 },
              { title: 'APIs', cell: ({ name }) => having(name).join(' '), atLeast: 6, spare: 1 },
              {
                title: 'gate',
                cell: ({ openToDynamicClients }) => (openToDynamicClients ? 'open' : 'closed'),
              },
            ],
            rows: scopes,
            width: context.stdout.columns,
          }),
  });
}

/** The ids of the APIs that have a scope. */
export const apisWith = ({ apis }: Pick<Realm, 'apis'>, scope: string): readonly string[] =>
  apis.filter((api) => api.scopes.includes(scope)).map(({ id }) => id);
