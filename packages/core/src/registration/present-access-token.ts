import type { StoredClient } from '../client/stored-client.ts';
import type { Entropy } from '../ports/clock.ts';
import type { Hash } from '../ports/hash.ts';
import type { Realm } from '../realm/realm.ts';
import { equalInConstantTime } from '../text/equal.ts';
import type { ManagementAccess } from './respond.ts';

/** Where clients manage themselves: `https://id.example/connect/register/dyn-…`. */
export const registrationClientUri = ({ issuer }: Pick<Realm, 'issuer'>, clientId: string): string =>
  `${issuer}/connect/register/${clientId}`;

/** A new registration access token: what the client is told, and what is kept of it. */
export async function newAccess(
  { hash, entropy }: { readonly hash: Hash; readonly entropy: Entropy },
  realm: Realm,
  clientId: string,
): Promise<{ readonly told: ManagementAccess; readonly registrationAccessTokenHash: string }> {
  const token = entropy();
  return {
    told: {
      registration_client_uri: registrationClientUri(realm, clientId),
      registration_access_token: token,
    },
    registrationAccessTokenHash: await registrationAccessTokenHash(hash, token),
  };
}

/** The hash under which a registration access token is kept. */
export const registrationAccessTokenHash = (hash: Hash, token: string): Promise<string> =>
  hash(`registration-access-token:${token}`);

/** Whether a token is this client's. Takes as long where there is no client. */
export async function isTokenOf(
  hash: Hash,
  client: StoredClient | undefined,
  token: string,
): Promise<boolean> {
  const presented = await registrationAccessTokenHash(hash, token);
  const kept = client?.registrationAccessTokenHash;
  return equalInConstantTime(presented, kept ?? presented) && kept !== undefined;
}
