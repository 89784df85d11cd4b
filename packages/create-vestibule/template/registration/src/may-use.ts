import { askGates, type ClientStore, standingOf } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';

/** What a registered client may do now. */
export interface Permission {
  /** Where it may be sent: compare as text, but accept any port for a loopback address (RFC 8252, section 7.3). */
  readonly redirect_uris: readonly string[];
  /** What it says its name is. Display it as unverified. */
  readonly client_name: string;
  /** The scopes that it may have for the API. None: the gates are closed. */
  readonly scopes: readonly string[];
}

/** Whether the client exists, is not blocked and is still acceptable, and what the three gates allow it now. */
export async function mayUse(
  realm: Realm,
  clients: Pick<ClientStore, 'find'>,
  {
    clientId,
    resource,
    scopes,
  }: { clientId: string; resource: string; scopes: readonly string[] | undefined },
): Promise<Permission | undefined> {
  const client = await clients.find(realm.id, clientId);
  if (client === undefined || standingOf(client, realm, {}, Date.now()).kind !== 'good') return undefined;
  const verdict = askGates({ realm, client, resource, ...(scopes && { requested: scopes }) });
  return {
    redirect_uris: client.redirectUris,
    client_name: client.name,
    scopes: verdict.open ? verdict.scopes : [],
  };
}
