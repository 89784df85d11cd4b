import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { tell } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import { Refused } from '../refused/refused.ts';
import type { Surroundings } from '../surroundings/surroundings.ts';

/**
 * Revokes an initial access token.
 *
 * @throws Refused where there is none of this id
 */
export async function revokeToken(
  surroundings: Surroundings,
  options: RealmOptions,
  id: string,
): Promise<void> {
  await inRealm(surroundings, options, async ({ realm, administration }) => {
    if ((await administration.revokeToken(realm.id, id)) === 'revoked') return;
    throw new Refused(
      isToken(id)
        ? 'That looks like a token itself. What revokes it is its id, as the list has it.'
        : `There is no initial access token ${quoted(id)} in the realm ${realm.id}.`,
    );
  });
  tell(surroundings, options, {
    document: { id, revoked: true },
    text: () => `${quoted(id)} is revoked: nobody registers with it any more. Clients that did stay.`,
  });
}

/** Whether somebody gave a token in the place of its id; it is not repeated. */
const isToken = (text: string): boolean => text.startsWith('vit_');
