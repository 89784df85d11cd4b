import { problemLine } from '@vestibule/core/realm';
import { Refused } from '@vestibule/database';
import type { CommandContext } from '../context/command-context.ts';
import { type DatabaseOption, nameDatabase } from '../database/named.ts';
import { withDatabase } from '../database/with-database.ts';
import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { madeOrRefused } from '../output/made-or-refused.ts';
import { type JsonOption, printResult } from '../output/print.ts';
import { table } from '../output/table.ts';
import { inRealm, operatorOf } from '../realm/in-realm.ts';

type ServerOptions = DatabaseOption & JsonOption;

/** Lists the realms of the database. */
export async function listRealms(context: CommandContext, options: ServerOptions): Promise<void> {
  const realms = await withDatabase(nameDatabase(options, context), ({ stores }) => stores.realms.list());
  printResult(context, options, {
    document: realms.map(({ id, name, issuer, apis, scopes }) => ({
      id,
      name,
      issuer,
      apis: apis.map((api) => api.id),
      scopes: scopes.map((scope) => scope.name),
    })),
    text: () =>
      realms.length === 0
        ? 'The database has no realms.'
        : table({
            columns: [
              { title: 'id', cell: ({ id }) => id },
              { title: 'name', cell: ({ name }) => name, atLeast: 8 },
              { title: 'issuer', cell: ({ issuer }) => issuer },
              { title: 'APIs', cell: ({ apis }) => apis.map(({ id }) => id).join(' '), atLeast: 6, spare: 1 },
            ],
            rows: realms,
            width: context.stdout.columns,
          }),
  });
}

export interface AddRealmOptions extends ServerOptions {
  readonly issuer: string;
  readonly name?: string;
}

/**
 * Adds a realm to an existing database.
 *
 * @throws Refused with all problems, or if the id or the issuer is taken
 */
export async function addRealm(context: CommandContext, options: AddRealmOptions, id: string): Promise<void> {
  const { issuer, name = id } = options;
  await withDatabase(nameDatabase(options, context), async ({ stores, location }) => {
    const { actor, operator } = operatorOf(context, { stores, location });
    const added = await operator.realms.add(actor, { id, name, issuer });
    if (added.outcome === 'refused') {
      const lines = added.problems.map((problem) => `  ${problemLine(problem)}`);
      throw new Refused(`No realm was added:\n${lines.join('\n')}`);
    }
    if (added.outcome === 'exists') {
      throw new Refused(
        `The database has a realm with the id ${quoted(id)} or the issuer ${quoted(issuer)} already. Run vestibule realms list.`,
      );
    }
  });
  printResult(context, options, {
    document: { id, added: true },
    text: () =>
      `The realm ${quoted(id)} is added, with every gate closed. Servers serve it without a restart at ${quoted(issuer)}.`,
  });
}

/**
 * Changes the name of a realm.
 *
 * @throws Refused with all problems
 */
export async function renameRealm(
  context: CommandContext,
  options: RealmOptions,
  name: string,
): Promise<void> {
  const { id, change } = await inRealm(context, options, async ({ actor, realm, operator }) => ({
    id: realm.id,
    change: madeOrRefused(
      await operator.realms.rename(actor, realm.id, name),
      () => `The realm ${realm.id} was deleted.`,
    ),
  }));
  printResult(context, options, {
    document: { id, name, change },
    text: () =>
      change === 'changed'
        ? `The realm ${quoted(id)} is now called ${quoted(name)}.`
        : `The realm ${quoted(id)} is called so already. Nothing was changed.`,
  });
}
