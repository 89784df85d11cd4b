import type { Client, ClientSource, ClientStore, ExpiredClient } from '@vestibule/core';

export interface KnownClients {
  readonly realm: string;
  readonly clients: ClientSource;
  readonly clientStore: Pick<ClientStore, 'findExpired'>;
}

/**
 * The client with this `client_id` for pages, which includes expired clients that a person's approval can restore. Endpoints
 * without a person use stored clients only.
 */
export async function knownClient(
  { realm, clients, clientStore }: KnownClients,
  clientId: string,
): Promise<Client | ExpiredClient | undefined> {
  return (await clients.find(realm, clientId)) ?? clientStore.findExpired(realm, clientId);
}
