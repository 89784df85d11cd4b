import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { tell } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { Surroundings } from '../context/context.ts';
import { alreadyExpired, noSuchClient } from './find-client.ts';
import { HELD_TOKENS } from './held-tokens.ts';

const SENTENCES = {
  block: {
    changed: `is blocked now. What people allowed it has ended, and nobody can allow it more. ${HELD_TOKENS}`,
    unchanged: 'was blocked already.',
  },
  unblock: {
    changed: 'is not blocked any more. What people allowed it before stays ended.',
    unchanged: 'was not blocked.',
  },
} as const;

/** Blocks a client, or lets it be allowed something again. */
export async function setBlocked(
  surroundings: Surroundings,
  options: RealmOptions,
  id: string,
  verb: 'block' | 'unblock',
): Promise<void> {
  const change = await inRealm(surroundings, options, async ({ realm, stores, administration }) => {
    const outcome = await administration[verb](realm.id, id);
    if (outcome !== 'missing') return outcome;
    throw (await stores.clients.findExpired(realm.id, id)) === undefined
      ? noSuchClient(realm.id, id)
      : alreadyExpired(realm.id, id);
  });
  tell(surroundings, options, {
    document: { id, blocked: verb === 'block', change },
    text: () => `${quoted(id)} ${SENTENCES[verb][change]}`,
  });
}
