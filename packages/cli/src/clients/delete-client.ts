import { Refused } from '@vestibule/database';
import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { printResult } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import { ask } from '../context/ask.ts';
import type { CommandContext } from '../context/command-context.ts';
import { findKnownClient, unknownClient } from './find-client.ts';
import { HELD_TOKENS } from './held-tokens.ts';
import { WrongUsage } from '../options/wrong-usage.ts';

export interface DeleteOptions extends RealmOptions {
  readonly yes?: boolean;
}

/**
 * Deletes a client after confirmation.
 *
 * @throws WrongUsage if standard input is not a terminal and `--yes` is missing
 * @throws Refused if the deletion is not confirmed
 */
export async function deleteClient(
  context: CommandContext,
  options: DeleteOptions,
  id: string,
): Promise<void> {
  const { yes = false } = options;
  if (!yes && context.stdin.isTTY !== true) {
    throw new WrongUsage('Not a terminal. Pass --yes to confirm the deletion.');
  }
  await inRealm(context, options, async (realmContext) => {
    const { actor, realm, operator } = realmContext;
    const { name } = await findKnownClient(realmContext, id);
    const question = `Delete ${quoted(name)} (${id}) and revoke its grants?`;
    if (!yes && !(await ask(context, question))) throw new Refused('Not confirmed. Nothing was deleted.');
    if ((await operator.clients.remove(actor, realm.id, id)) === 'missing') throw unknownClient(realm.id, id);
  });
  printResult(context, options, {
    document: { id, deleted: true },
    text: () => `${quoted(id)} is deleted and its grants are revoked. ${HELD_TOKENS}`,
  });
}
