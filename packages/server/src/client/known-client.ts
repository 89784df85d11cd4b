import type { ClientResolver, ExpiredClient, StoredClient } from '@vestibule/core';

/**
 * The client with this `client_id` for pages, which includes expired clients that a person's approval can restore. Endpoints
 * without a person use stored clients only.
 */
export async function knownClient(
  { realm, clients }: { readonly realm: string; readonly clients: ClientResolver },
  clientId: string,
): Promise<StoredClient | ExpiredClient | undefined> {
  return (await clients.resolve(realm, clientId)) ?? clients.findExpired(realm, clientId);
}

export const isExpired = (client: StoredClient | ExpiredClient): client is ExpiredClient =>
  'expiredAt' in client;
