import type { Realm } from '@vestibule/core/realm';
import { Refused } from '@vestibule/database';
import type { CommandContext } from '../context/command-context.ts';
import { confirm, type ConfirmOption, requireConfirmable } from '../context/confirm.ts';
import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { madeOrRefused } from '../output/made-or-refused.ts';
import { printResult } from '../output/print.ts';
import { unknownName } from '../output/unknown-name.ts';
import { inRealm } from '../realm/in-realm.ts';
import { apisWith } from './list-scopes.ts';

export interface ScopeOptions extends RealmOptions {
  readonly description: string;
}

/**
 * Adds a scope, closed to dynamic clients.
 *
 * @throws Refused with all problems
 */
export async function addScope(context: CommandContext, options: ScopeOptions, name: string): Promise<void> {
  const { description } = options;
  await inRealm(context, options, async ({ actor, realm, operator }) => {
    const added = await operator.scopes.add(actor, realm.id, { name, description });
    madeOrRefused(added, () => `The realm ${realm.id} was deleted.`);
  });
  printResult(context, options, {
    document: { name, added: true },
    text: () =>
      `The scope ${quoted(name)} is added, and closed to dynamic clients. An API has it once you run vestibule apis change ID --scope.`,
  });
}

/**
 * Changes the description of a scope.
 *
 * @throws Refused with all problems, or if the realm does not have it
 */
export async function changeScope(
  context: CommandContext,
  options: ScopeOptions,
  name: string,
): Promise<void> {
  const { description } = options;
  const change = await inRealm(context, options, async ({ actor, realm, operator }) =>
    madeOrRefused(await operator.scopes.change(actor, realm.id, name, { description }), () =>
      unknownScope(realm, name),
    ),
  );
  printResult(context, options, {
    document: { name, change },
    text: () =>
      change === 'changed'
        ? `The scope ${quoted(name)} is changed.`
        : `The scope ${quoted(name)} is so already. Nothing was changed.`,
  });
}

/**
 * Removes a scope, also from the APIs that have it, after confirmation.
 *
 * @throws WrongUsage if standard input is not a terminal and `--yes` is missing
 * @throws Refused if the realm does not have it, or the removal is not confirmed
 */
export async function removeScope(
  context: CommandContext,
  options: RealmOptions & ConfirmOption,
  name: string,
): Promise<void> {
  requireConfirmable(context, options);
  await inRealm(context, options, async ({ actor, realm, operator }) => {
    if (!realm.scopes.some((scope) => scope.name === name)) throw new Refused(unknownScope(realm, name));
    const apis = apisWith(realm, name);
    const from = apis.length === 0 ? '' : `, also from ${apis.map(quoted).join(', ')}`;
    await confirm(context, options, `Remove the scope ${quoted(name)}${from}?`);
    if ((await operator.scopes.remove(actor, realm.id, name)) === 'missing') {
      throw new Refused(unknownScope(realm, name));
    }
  });
  printResult(context, options, {
    document: { name, removed: true },
    text: () => `The scope ${quoted(name)} is removed. No new token has it, on any node.`,
  });
}

const unknownScope = ({ scopes }: Pick<Realm, 'scopes'>, name: string): string =>
  unknownName(
    'scope',
    name,
    scopes.map((scope) => scope.name),
  );
