import type { ExpiredClient, StoredClient } from '@vestibule/core';
import { quoted } from '../output/harmless.ts';
import type { RealmAtHand } from '../realm/in-realm.ts';
import { Refused } from '../errors/refused.ts';

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

/**
 * The client of this id, or what is kept of an expired one.
 *
 * @throws Refused where there is none
 */
export async function findKnownClient(
  hand: Pick<RealmAtHand, 'stores' | 'realm'>,
  id: string,
): Promise<StoredClient | ExpiredClient> {
  return (await hand.stores.clients.findExpired(hand.realm.id, id)) ?? findClient(hand, id);
}

export const noSuchClient = (realm: string, id: string): Refused =>
  new Refused(
    `There is no client ${quoted(id)} in the realm ${realm}. It may have been swept away, or been deleted.`,
  );

export const alreadyExpired = (realm: string, id: string): Refused =>
  new Refused(
    `${quoted(id)} expired in the realm ${realm} without ever being used, and is no client any more. To keep it from coming back, delete it: vestibule clients delete ${id}`,
  );

export const notMadeHere = (realm: string, id: string): Refused =>
  new Refused(
    `There is no client ${quoted(id)} in the realm ${realm} that an operator made. Those that introduced themselves are their own to change.`,
  );
