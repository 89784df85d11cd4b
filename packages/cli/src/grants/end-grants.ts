import { Refused } from '@vestibule/database';
import type { CommandContext } from '../context/command-context.ts';
import { confirm, type ConfirmOption, requireConfirmable } from '../context/confirm.ts';
import { HELD_TOKENS } from '../clients/held-tokens.ts';
import type { RealmOptions } from '../options/common.ts';
import { WrongUsage } from '../options/wrong-usage.ts';
import { count } from '../output/count.ts';
import { quoted } from '../output/harmless.ts';
import { printResult } from '../output/print.ts';
import { inRealm, type RealmContext } from '../realm/in-realm.ts';
import { type GrantSelection, subjectOf } from './list-grants.ts';

/**
 * Ends one grant by id, or all of a client, a person, or a person to a client, after confirmation.
 *
 * @throws WrongUsage if it names neither, or both an id and others
 * @throws Refused if the grant does not exist, or the end is not confirmed
 */
export async function endGrants(
  context: CommandContext,
  options: RealmOptions & ConfirmOption & GrantSelection,
  id: string | undefined,
): Promise<void> {
  const { client, person } = options;
  const isSelected = client !== undefined || person !== undefined;
  if ((id !== undefined) === isSelected) {
    throw new WrongUsage('Which grants? Pass either an id, or --client, --person or both.');
  }
  requireConfirmable(context, options);
  const ended = await inRealm(context, options, (realmContext) =>
    id === undefined
      ? endSelected(context, realmContext, options)
      : endOne(context, realmContext, options, id),
  );
  printResult(context, options, {
    document: { ended },
    text: () => `${count(ended, 'grant')} ended. ${HELD_TOKENS}`,
  });
}

async function endOne(
  context: CommandContext,
  { actor, realm, operator }: RealmContext,
  options: ConfirmOption,
  id: string,
): Promise<number> {
  await confirm(context, options, `End the grant ${quoted(id)}?`);
  if ((await operator.grants.end(actor, realm.id, id)) === 'ended') return 1;
  throw new Refused(
    `The realm ${realm.id} has no grant ${quoted(id)}. It may have ended, or its code has not been exchanged yet.`,
  );
}

async function endSelected(
  context: CommandContext,
  realmContext: RealmContext,
  { client, person, ...options }: ConfirmOption & GrantSelection,
): Promise<number> {
  const { actor, realm, operator } = realmContext;
  if (person !== undefined) {
    const subject = await subjectOf(realmContext, person);
    const to = client === undefined ? '' : ` to ${quoted(client)}`;
    await confirm(context, options, `End all grants of ${quoted(person)}${to}?`);
    return operator.grants.endOfPerson(actor, realm.id, subject, client);
  }
  if (client === undefined) return 0;
  await confirm(context, options, `End all grants of the client ${quoted(client)}?`);
  return operator.grants.endOfClient(actor, realm.id, client);
}
