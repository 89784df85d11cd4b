import type { ClientStore } from '../ports/client-store.ts';
import type { Instant } from '../time.ts';
import type { Client } from './client.ts';

/** The client after a use: active, and last used at that time. */
export function usedClient(client: Client, at: Instant): Client {
  if (client.kind !== 'dynamic') return { ...client, lastUsedAt: at };
  const { hibernatedAt: _hibernatedAt, ...registration } = client.registration;
  return { ...client, registration, lastUsedAt: at };
}

/** Records that a client was used: a person approved it, or it got a token. Does nothing for a client that is not stored. */
export async function noteUse(
  store: Pick<ClientStore, 'touch'>,
  { realm, id }: Client,
  at: Instant,
): Promise<void> {
  await store.touch(realm, id, at);
}
