import type { ClientResolver, ExpiredClient, StoredClient } from '@vestibule/core';

/**
 * The client of a `client_id` as the pages know it: also what is kept of one that expired without ever being used, which a
 * person's consent restores. Endpoints where no person decides ask for stored clients alone.
 */
export async function knownClient(
  { realm, clients }: { readonly realm: string; readonly clients: ClientResolver },
  clientId: string,
): Promise<StoredClient | ExpiredClient | undefined> {
  return (await clients.resolve(realm, clientId)) ?? clients.findExpired(realm, clientId);
}

export const isExpired = (client: StoredClient | ExpiredClient): client is ExpiredClient =>
  'expiredAt' in client;
