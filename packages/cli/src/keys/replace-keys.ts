import type { RealmOptions } from '../options/common.ts';
import { tell } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import { Refused } from '../errors/refused.ts';
import type { Surroundings } from '../context/context.ts';

export interface ReplaceOptions extends RealmOptions {
  readonly compromised?: boolean;
}

/** Has the realm's keys replaced. The app does it, at the next token: this command never sees a private half. */
export async function replaceKeys(surroundings: Surroundings, options: ReplaceOptions): Promise<void> {
  const { compromised = false } = options;
  await inRealm(surroundings, options, async ({ realm, administration }) => {
    const outcome = await administration.replaceKeys(realm.id, { compromised });
    if (outcome === 'missing') throw new Refused('The realm has just been taken out of the database.');
  });
  tell(surroundings, options, {
    document: { replaced: true, compromised },
    text: () =>
      compromised
        ? 'The next token is signed with a new key. Tokens of the old ones are believed no more, as soon as APIs fetch the keys again: within 10 minutes.'
        : 'A new key is made with the next token, and signs when every API has had time to fetch it.',
  });
}
