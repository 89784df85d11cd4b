import type { ClientStore } from '../ports/client-store.ts';
import type { Instant } from '../time.ts';
import type { Client } from './client.ts';
import { noteUse, usedClient } from './note-use.ts';

/** How a client is reactivated. */
export type ReactivationStore = Pick<ClientStore, 'find' | 'replace' | 'touch'>;

/**
 * Records that a person approved a hibernated client, which is active from then on. Of concurrent calls one returns
 * `reactivated`. A concurrent change, such as a sweep's, leaves the client hibernated; another use does not.
 */
export async function reactivateClient(
  store: ReactivationStore,
  client: Client,
  at: Instant,
): Promise<'reactivated' | 'noted'> {
  if (client.kind !== 'dynamic') return noted(store, client, at);
  if ((await store.replace(usedClient(client, at), client.version)) === 'replaced') return 'reactivated';
  const current = await store.find(client.realm, client.id);
  if (current?.kind !== 'dynamic' || current.blockedAt !== undefined) return 'noted';
  if (current.lastUsedAt === client.lastUsedAt) return reactivateClient(store, current, at);
  return noted(store, current, at);
}

async function noted(store: Pick<ClientStore, 'touch'>, client: Client, at: Instant): Promise<'noted'> {
  await noteUse(store, client, at);
  return 'noted';
}
