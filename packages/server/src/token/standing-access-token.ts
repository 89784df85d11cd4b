import type { Keyring } from '../key/keyring.ts';
import type { ServerStores } from '../ports/stores.ts';
import {
  askGates,
  type ClientSource,
  type Clock,
  isDocumentTooOld,
  lifeOf,
  type Client,
} from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { isStillAllowed } from '../person/memberships-for.ts';
import type { Grant } from '../records/grant.ts';
import { type VerifiedAccessToken, verifyAccessToken } from './verify-access-token.ts';

/** What the state of an access token is determined with. */
export interface StandingContext extends Pick<ServerStores, 'grants' | 'revokedTokens' | 'people'> {
  readonly clients: ClientSource;
  readonly clock: Clock;
}

/** A currently valid access token, with its grant and client. */
export interface StandingAccessToken {
  readonly token: VerifiedAccessToken;
  readonly client: Client;
  readonly grant: Grant;
  /** Its scopes, as far as the gates currently allow them. */
  readonly scopes: readonly string[];
}

/**
 * Whether an access token of the realm is currently valid: it is genuine and not revoked, its grant has not ended, its
 * client can be used, the gates are open, and its person may let apps use the API. Everything is read anew, so that changes take effect at once.
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

/** The content of a verified access token. */
export type GenuineAccessToken = Pick<
  VerifiedAccessToken,
  'id' | 'grantId' | 'clientId' | 'resource' | 'scopes'
>;

/** The current state of a verified access token. */
export async function standingOfToken(
  context: StandingContext,
  realm: Realm,
  token: GenuineAccessToken,
): Promise<Omit<StandingAccessToken, 'token'> | undefined> {
  const { clients, grants, revokedTokens, clock } = context;
  const now = clock();
  const [isRevoked, grant, client] = await Promise.all([
    revokedTokens.has(realm.id, token.id),
    grants.find(realm.id, token.grantId),
    clients.find(realm.id, token.clientId),
  ]);
  if (isRevoked || grant === undefined || client === undefined) return undefined;
  const { lifecycle, metadataDocuments } = realm.settings;
  if (lifeOf(client, lifecycle, now).state !== 'awake') return undefined;
  if (isDocumentTooOld(client, metadataDocuments, now)) return undefined;
  const gates = askGates({ realm, client, resource: token.resource, requested: token.scopes });
  if (!gates.open || !(await isStillAllowed(context, realm, gates.api, grant))) return undefined;
  return { client, grant, scopes: gates.scopes };
}
