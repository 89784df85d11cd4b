import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { tell } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import { Refused, WrongUsage } from '../errors/refused.ts';
import { ask } from '../context/ask.ts';
import type { Surroundings } from '../context/context.ts';
import { findKnownClient, noSuchClient } from './find-client.ts';
import { HELD_TOKENS } from './held-tokens.ts';

export interface DeleteOptions extends RealmOptions {
  readonly yes?: boolean;
}

/**
 * Deletes a client, after a yes.
 *
 * @throws WrongUsage where nobody can be asked and `--yes` is missing
 * @throws Refused where the answer is no
 */
export async function deleteClient(
  surroundings: Surroundings,
  options: DeleteOptions,
  id: string,
): Promise<void> {
  const { yes = false } = options;
  if (!yes && surroundings.stdin.isTTY !== true) {
    throw new WrongUsage('Nobody is there to be asked: --yes says that it is meant.');
  }
  await inRealm(surroundings, options, async (hand) => {
    const { realm, administration } = hand;
    const { name } = await findKnownClient(hand, id);
    const question = `Delete ${quoted(name)} (${id}), and end what people allowed it?`;
    if (!yes && !(await ask(surroundings, question))) throw new Refused('Nothing was deleted.');
    if ((await administration.remove(realm.id, id)) === 'missing') throw noSuchClient(realm.id, id);
  });
  tell(surroundings, options, {
    document: { id, deleted: true },
    text: () => `${quoted(id)} is deleted, and what people allowed it has ended. ${HELD_TOKENS}`,
  });
}
