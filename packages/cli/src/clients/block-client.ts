import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { printResult } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';
import { expiredClient, unknownClient } from './find-client.ts';
import { HELD_TOKENS } from './held-tokens.ts';

const SENTENCES = {
  block: {
    changed: `is blocked. Its grants are revoked, and people cannot approve it. ${HELD_TOKENS}`,
    unchanged: 'was already blocked.',
  },
  unblock: {
    changed: 'is no longer blocked. Grants that were revoked stay revoked.',
    unchanged: 'was not blocked.',
  },
} as const;

/** Blocks or unblocks a client. Blocking revokes its grants. */
export async function setBlocked(
  context: CommandContext,
  options: RealmOptions,
  id: string,
  verb: 'block' | 'unblock',
): Promise<void> {
  const change = await inRealm(context, options, async ({ actor, realm, stores, operator }) => {
    const outcome = await operator.clients[verb](actor, realm.id, id);
    if (outcome !== 'missing') return outcome;
    throw (await stores.clients.findExpired(realm.id, id)) === undefined
      ? unknownClient(realm.id, id)
      : expiredClient(realm.id, id);
  });
  printResult(context, options, {
    document: { id, blocked: verb === 'block', change },
    text: () => `${quoted(id)} ${SENTENCES[verb][change]}`,
  });
}
