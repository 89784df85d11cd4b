import type { Client, ClientSource, Clock } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { currentRealm, type RealmContext } from '../context/current-realm.ts';
import { codeKey, grantIdFor } from '../grant/code.ts';
import { presentedRefreshToken } from '../grant/refresh-token.ts';
import type { Keyring } from '../key/keyring.ts';
import type { PresentedRefreshToken } from '../ports/grant-store.ts';
import type { ServerStores } from '../ports/stores.ts';
import type { AuthorizationCode } from '../records/authorization-code.ts';
import type { Grant } from '../records/grant.ts';
import { begun } from '../web/begun.ts';

/** What a token request reads. Each read was begun, or begins when it is asked for. */
export interface TokenReads {
  readonly realm: () => Promise<Realm>;
  readonly clients: ClientSource;
  /** The signer of the realm's keys. */
  readonly signer: Keyring['signer'];
  /** The value of a code. */
  readonly code: (code: string) => Promise<AuthorizationCode | undefined>;
  /** A grant that was not opened yet, by its id. */
  readonly unopened: (id: string) => Promise<Grant | undefined>;
  /** A presented refresh token, with its grant. */
  readonly refreshed: (token: string) => Promise<PresentedGrant>;
}

/** A refresh token in the form in which it is looked up, and the grant that was found. */
export interface PresentedGrant {
  readonly presented: PresentedRefreshToken;
  readonly grant: Grant | undefined;
}

interface TokenReadsContext extends RealmContext, Pick<ServerStores, 'codes' | 'grants'> {
  readonly clients: ClientSource;
  readonly keyring: Keyring;
  readonly clock: Clock;
}

/**
 * Begins everything that a token request will probably read, so that a database can read it in one round trip. Only what its
 * parameters name.
 */
export function beginTokenReads(context: TokenReadsContext, parameters: URLSearchParams): TokenReads {
  const { realm: realmId, clients, codes, grants, keyring, clock } = context;
  const realm = begun(currentRealm(context));
  const keys = keyring.readAhead(realmId);
  const client = ahead(parameters.get('client_id'), (id) => clients.find(realmId, id));
  const grantType = parameters.get('grant_type');
  const givenCode = grantType === 'authorization_code' ? parameters.get('code') : null;
  const code = ahead(givenCode, (given) => codes.find(realmId, codeKey(given), clock()));
  const unopened = ahead(givenCode === null ? null : grantIdFor(givenCode), (id) =>
    grants.findUnopened(realmId, id),
  );
  const token = grantType === 'refresh_token' ? parameters.get('refresh_token') : null;
  const refreshed = ahead(token, async (given) => {
    const presented = presentedRefreshToken(given);
    const { hash, family } = presented;
    return { presented, grant: await grants.findByRefreshToken(realmId, hash, family) };
  });
  return {
    realm: () => realm,
    clients: {
      find: (of, id): Promise<Client | undefined> => (of === realmId ? client(id) : clients.find(of, id)),
    },
    signer: keys.signer,
    code,
    unopened,
    refreshed,
  };
}

/** The grant whose code or refresh token a request of this client presents. */
export async function grantPresented(
  { unopened, refreshed }: Pick<TokenReads, 'unopened' | 'refreshed'>,
  clientId: string,
  parameters: URLSearchParams,
): Promise<Grant | undefined> {
  const code = parameters.get('code');
  const token = parameters.get('refresh_token');
  const grantType = parameters.get('grant_type');
  if (grantType === 'authorization_code' && code !== null) {
    return ofClient(clientId, await unopened(grantIdFor(code)));
  }
  return grantType === 'refresh_token' && token !== null
    ? ofClient(clientId, (await refreshed(token)).grant)
    : undefined;
}

const ofClient = (clientId: string, grant: Grant | undefined): Grant | undefined =>
  grant?.clientId === clientId ? grant : undefined;

/** A read that begins now for a key that is expected, and when it is asked for with another one. */
function ahead<T>(expected: string | null, read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  if (expected === null) return read;
  const result = begun(read(expected));
  return (key) => (key === expected ? result : read(key));
}
