import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { printResult } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';
import { unknownToken } from './unknown-token.ts';

/**
 * Revokes an initial access token.
 *
 * @throws Refused if no token has this id
 */
export async function revokeToken(context: CommandContext, options: RealmOptions, id: string): Promise<void> {
  await inRealm(context, options, async ({ actor, realm, operator }) => {
    if ((await operator.tokens.revoke(actor, realm.id, id)) === 'revoked') return;
    throw unknownToken(realm.id, id);
  });
  printResult(context, options, {
    document: { id, revoked: true },
    text: () =>
      `${quoted(id)} is revoked. Clients can no longer register with it. Clients that already did stay registered.`,
  });
}
