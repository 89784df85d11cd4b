import type { DynamicClient } from '../client/client.ts';
import type { GenerateToken } from '../ports/clock.ts';
import type { Hash } from '../ports/hash.ts';
import type { Realm } from '../realm/realm.ts';
import { equalInConstantTime } from '../text/equal.ts';
import type { ManagementAccess } from './respond.ts';

/**
 * The URI of a client's registration, for example `https://id.example/connect/register/dyn-…`. The program that mounts the
 * client configuration endpoint provides it.
 */
export type ManagementUri = (realm: Realm, clientId: string) => string;

/**
 * Generates a registration access token: what the client gets, and what is stored.
 *
 * @param uri the URI of the client's registration
 */
export function newAccess(
  { hash, generateToken }: { readonly hash: Hash; readonly generateToken: GenerateToken },
  uri: string,
): { readonly told: ManagementAccess; readonly accessTokenHash: string } {
  const token = generateToken();
  return {
    told: {
      registration_client_uri: uri,
      registration_access_token: token,
    },
    accessTokenHash: registrationAccessTokenHash(hash, token),
  };
}

/** The hash under which a registration access token is stored. */
export const registrationAccessTokenHash = (hash: Hash, token: string): string =>
  hash(`registration-access-token:${token}`);

/** Whether a token belongs to this client. Takes the same time if the client does not exist. */
export function isTokenOf(hash: Hash, client: DynamicClient | undefined, token: string): boolean {
  const presented = registrationAccessTokenHash(hash, token);
  const kept = client?.registration.accessTokenHash;
  return equalInConstantTime(presented, kept ?? presented) && kept !== undefined;
}
