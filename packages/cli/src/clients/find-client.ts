import type { Client, ExpiredClient } from '@vestibule/core';
import { Refused } from '@vestibule/database';
import { quoted } from '../output/harmless.ts';
import type { RealmContext } from '../realm/in-realm.ts';

/**
 * The client with this id.
 *
 * @throws Refused if it does not exist
 */
export async function findClient(
  { stores, realm }: Pick<RealmContext, 'stores' | 'realm'>,
  id: string,
): Promise<Client> {
  const client = await stores.clients.find(realm.id, id);
  if (client === undefined) throw unknownClient(realm.id, id);
  return client;
}

/**
 * The client with this id, or the record of an expired one.
 *
 * @throws Refused if neither exists
 */
export async function findKnownClient(
  realmContext: Pick<RealmContext, 'stores' | 'realm'>,
  id: string,
): Promise<Client | ExpiredClient> {
  return (
    (await realmContext.stores.clients.findExpired(realmContext.realm.id, id)) ?? findClient(realmContext, id)
  );
}

export const unknownClient = (realm: string, id: string): Refused =>
  new Refused(`The realm ${realm} has no client ${quoted(id)}. It may have expired or been deleted.`);

export const expiredClient = (realm: string, id: string): Refused =>
  new Refused(
    `${quoted(id)} expired in the realm ${realm} before it was used, so it cannot be blocked or unblocked. To keep it from being restored, delete it: vestibule clients delete ${id}`,
  );

export const notPreregistered = (realm: string, id: string): Refused =>
  new Refused(
    `The realm ${realm} has no pre-registered client ${quoted(id)}. A dynamic client can be changed only by itself.`,
  );
