import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { tell } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { Surroundings } from '../context/context.ts';
import { noSuchToken } from './missing-token.ts';

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
    throw noSuchToken(realm.id, id);
  });
  tell(surroundings, options, {
    document: { id, revoked: true },
    text: () => `${quoted(id)} is revoked: nobody registers with it any more. Clients that did stay.`,
  });
}
