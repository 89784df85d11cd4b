import { Refused } from '@vestibule/database';
import type { RealmOptions } from '../options/common.ts';
import { printResult } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';

export interface ReplaceOptions extends RealmOptions {
  readonly compromised?: boolean;
}

/** Requests new signing keys. The app generates them with the next token: this command never handles a private key. */
export async function replaceKeys(context: CommandContext, options: ReplaceOptions): Promise<void> {
  const { compromised = false } = options;
  await inRealm(context, options, async ({ actor, realm, operator }) => {
    const outcome = await operator.keys.replace(actor, realm.id, { compromised });
    if (outcome === 'missing') {
      throw new Refused('The realm was deleted while the command ran. No key was replaced.');
    }
  });
  printResult(context, options, {
    document: { replaced: true, compromised },
    text: () =>
      compromised
        ? 'The next token is signed with a new key. APIs reject tokens that the old keys signed as soon as they fetch the keys again, within 10 minutes.'
        : 'A new key is generated with the next token. It starts to sign once every API has had time to fetch it.',
  });
}
