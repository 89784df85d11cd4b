import { completeRealm, preregister, type PreregistrationTerms, type RealmRecord } from '@vestibule/core';
import { randomToken, sha256 } from '@vestibule/http';
import type { Stores } from '@vestibule/server';

/** Pre-registers the clients of a realm that is not stored yet. A client that already exists is not changed. */
export async function makeClients(
  { clients }: Pick<Stores, 'clients'>,
  record: RealmRecord,
  all: readonly PreregistrationTerms[],
): Promise<void> {
  const realm = completeRealm(record);
  const realms = { find: async () => realm };
  const options = { realms, clients, clock: Date.now, generateToken: randomToken, hash: sha256 };
  for (const terms of all) await preregister(options, realm.id, terms);
}
