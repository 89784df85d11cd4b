import type { Keyring } from '../key/keyring.ts';
import type { ServerStores } from '../ports/stores.ts';
import {
  askGates,
  type ClientResolver,
  type Clock,
  lifeOf,
  type Realm,
  type StoredClient,
} from '@vestibule/core';
import type { Grant } from '../records/grant.ts';
import { type VerifiedAccessToken, verifyAccessToken } from './verify-access-token.ts';

/** What an access token stands on is found with. */
export interface StandingContext extends Pick<ServerStores, 'grants' | 'revokedTokens'> {
  readonly clients: ClientResolver;
  readonly clock: Clock;
}

/** An access token that counts at this moment, with what it stands on. */
export interface StandingAccessToken {
  readonly token: VerifiedAccessToken;
  readonly client: StoredClient;
  readonly grant: Grant;
  /** What it was issued for, as far as the gates let it through now. */
  readonly scopes: readonly string[];
}

/**
 * Whether one of the realm's access tokens still counts: it is genuine, nobody revoked it, its grant has not ended, its
 * client may be used, and the gates are open. Everything is asked of now, so that whatever ends is over at once.
 */
export async function standingAccessToken(
  context: StandingContext & { readonly issuer: string; readonly keyring: Keyring },
  realm: Realm,
  text: string,
): Promise<StandingAccessToken | undefined> {
  const { issuer, keyring, clock } = context;
  const keys = await keyring.publicKeys(realm);
  const token = await verifyAccessToken({ token: text, issuer, keys, now: clock() });
  const standing = token && (await standingOfToken(context, realm, token));
  return token && standing && { token, ...standing };
}

/** An access token that is known to be genuine, by what it says. */
export type GenuineAccessToken = Pick<
  VerifiedAccessToken,
  'id' | 'grantId' | 'clientId' | 'resource' | 'scopes'
>;

/** What an access token that is known to be genuine stands on at this moment. */
export async function standingOfToken(
  context: StandingContext,
  realm: Realm,
  token: GenuineAccessToken,
): Promise<Omit<StandingAccessToken, 'token'> | undefined> {
  const { clients, grants, revokedTokens, clock } = context;
  const now = clock();
  if (await revokedTokens.has(realm.id, token.id)) return undefined;
  const grant = await grants.find(realm.id, token.grantId);
  const client = await clients.resolve(realm.id, token.clientId);
  if (grant === undefined || client === undefined) return undefined;
  if (lifeOf(client, realm.settings.lifecycle, now).state !== 'awake') return undefined;
  const gates = askGates({ realm, client, resource: token.resource, requested: token.scopes });
  return gates.open ? { client, grant, scopes: gates.scopes } : undefined;
}
