import { hashPassword } from './hash-password.ts';
import type { CommandContext } from '../context/command-context.ts';
import { confirm, type ConfirmOption, requireConfirmable } from '../context/confirm.ts';
import { readPassword } from '../context/read-password.ts';
import type { RealmOptions } from '../options/common.ts';
import { WrongUsage } from '../options/wrong-usage.ts';
import { count } from '../output/count.ts';
import { quoted } from '../output/harmless.ts';
import { madeOrRefused } from '../output/made-or-refused.ts';
import { printResult } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import { HELD_TOKENS } from '../clients/held-tokens.ts';
import { findPerson, unknownPerson } from './find-person.ts';

export interface ChangePersonOptions extends RealmOptions {
  readonly name?: string;
  /** `false`: the address is deleted. */
  readonly email?: string | false;
  /** All groups of the person. `false`: none. */
  readonly group?: readonly string[] | false;
  readonly forgetReportedGroups?: boolean;
}

/**
 * Changes the name, the email address or the groups of a person.
 *
 * @throws WrongUsage if no option says what to change
 * @throws Refused with everything that is invalid, or if the person does not exist
 */
export async function changePerson(
  context: CommandContext,
  options: ChangePersonOptions,
  who: string,
): Promise<void> {
  const { name, email, group, forgetReportedGroups = false } = options;
  const amendment = {
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email: email === false ? null : email }),
    ...(group !== undefined && { groups: group === false ? [] : group }),
    ...(forgetReportedGroups && { forgetReportedGroups: true as const }),
  };
  if (Object.keys(amendment).length === 0) {
    throw new WrongUsage(
      'Nothing to change. Pass --name, --email, --no-email, --group, --no-group or --forget-reported-groups.',
    );
  }
  const change = await inRealm(context, options, async (realmContext) => {
    const { actor, realm, operator } = realmContext;
    const { subject } = await findPerson(realmContext, who);
    const outcome = await operator.people.change(actor, realm.id, subject, amendment);
    return madeOrRefused(outcome, () => unknownPerson(realm.id, who).message);
  });
  printResult(context, options, {
    document: { person: who, change },
    text: () =>
      change === 'changed'
        ? `${quoted(who)} is changed.`
        : `${quoted(who)} is so already. Nothing was changed.`,
  });
}

export interface SetPasswordOptions extends RealmOptions {
  /** Removes the password: the person cannot sign in with one. */
  readonly remove?: boolean;
}

/**
 * Sets another password, which is read from standard input or a prompt, or with `--remove` removes it.
 *
 * @throws Refused if the person does not exist
 */
export async function setPassword(
  context: CommandContext,
  options: SetPasswordOptions,
  who: string,
): Promise<void> {
  const { remove = false } = options;
  await inRealm(context, options, async (realmContext) => {
    const { actor, realm, operator } = realmContext;
    const { subject } = await findPerson(realmContext, who);
    const passwordHash = remove ? null : await hashPassword(await readPassword(context));
    if ((await operator.people.setPassword(actor, realm.id, subject, passwordHash)) === 'missing') {
      throw unknownPerson(realm.id, who);
    }
  });
  printResult(context, options, {
    document: { person: who, changed: true, hasPassword: !remove },
    text: () =>
      `The password of ${quoted(who)} is ${remove ? 'removed' : 'changed'}, and every browser is signed out. Apps keep their access: to end it, run vestibule grants end --person ${quoted(who)}.`,
  });
}

/**
 * Deletes a person after confirmation.
 *
 * @throws WrongUsage if standard input is not a terminal and `--yes` is missing
 * @throws Refused if the person does not exist, or the deletion is not confirmed
 */
export async function deletePerson(
  context: CommandContext,
  options: RealmOptions & ConfirmOption,
  who: string,
): Promise<void> {
  requireConfirmable(context, options);
  const ended = await inRealm(context, options, async (realmContext) => {
    const { actor, realm, operator } = realmContext;
    const { subject, username, name } = await findPerson(realmContext, who);
    await confirm(
      context,
      options,
      `Delete ${quoted(name)} (${quoted(username)}) and end all sessions and grants?`,
    );
    const removed = await operator.people.remove(actor, realm.id, subject);
    if (removed.outcome === 'missing') throw unknownPerson(realm.id, who);
    return removed.grants;
  });
  printResult(context, options, {
    document: { person: who, deleted: true, grants: ended },
    text: () =>
      `${quoted(who)} is deleted, every browser is signed out, and ${count(ended, 'grant')} ended. ${HELD_TOKENS}`,
  });
}
