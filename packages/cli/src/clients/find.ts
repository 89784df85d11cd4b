import type { StoredClient } from '@vestibule/core';
import { quoted } from '../output/harmless.ts';
import type { RealmAtHand } from '../realm/in-realm.ts';
import { Refused } from '../refused/refused.ts';

/**
 * The client of this id.
 *
 * @throws Refused where there is none
 */
export async function findClient(
  { stores, realm }: Pick<RealmAtHand, 'stores' | 'realm'>,
  id: string,
): Promise<StoredClient> {
  const client = await stores.clients.find(realm.id, id);
  if (client === undefined) throw noSuchClient(realm.id, id);
  return client;
}

export const noSuchClient = (realm: string, id: string): Refused =>
  new Refused(
    `There is no client ${quoted(id)} in the realm ${realm}. It may have been swept away, or been deleted.`,
  );

export const notMadeHere = (realm: string, id: string): Refused =>
  new Refused(
    `There is no client ${quoted(id)} in the realm ${realm} that an operator made. Those that introduced themselves are their own to change.`,
  );
