import { createMetadataDocuments, type GuardedFetch } from '@vestibule/cimd';
import { createStatementVerifier } from '@vestibule/assertions/software-statements';
import type { AuditLog, Clock, RateLimiter, RealmDirectory } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { createRegistrar } from '@vestibule/core/registration';
import { type OnError, randomToken, type Route, sha256 } from '@vestibule/http';
import { createManagementEndpoint, createRegistrationEndpoint } from '@vestibule/http/registration';
import {
  type AuthorizationServer,
  createAuthorizationServer,
  createClientSealer,
  type KeyCipher,
  managementUri,
  type Pages,
  PATHS,
  type ProviderTokenOptions,
  type SignInMethod,
  type Stores,
} from '@vestibule/server';
import { vendors } from '@vestibule/vendor-directory';

/** The services that all realms of the process share. */
export interface RealmServices {
  readonly realms: RealmDirectory;
  readonly stores: Stores;
  readonly limiter: RateLimiter;
  readonly audit: AuditLog;
  readonly signIn: SignInMethod;
  readonly keyCipher: KeyCipher;
  /** Absent: all tokens are of this server. */
  readonly providerTokens?: ProviderTokenOptions | undefined;
  readonly pages: Pages;
  /** Whether a bearer token is an operator's. */
  readonly isOperator: (token: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly onError: OnError;
  /** Fetches documents and keys from other hosts. */
  readonly guardedFetch: GuardedFetch;
  /** Called with each error of a fetch that no request waits for. */
  readonly onFetchError: (error: unknown) => void;
  readonly routesBeside: RoutesBeside;
}

/**
 * Routes beside those of a realm's authorization server, for example of an API in the same process. Called when the realm is first
 * served, and again when its APIs change.
 *
 * @param realm the realm as it is now
 * @param server its authorization server: `localKeys` takes its keys, and `scopesNow` says what a token is good for at this moment
 * @param services what the authorization server uses too
 */
export type RoutesBeside = (
  realm: Realm,
  server: AuthorizationServer,
  services: Pick<RealmServices, 'realms' | 'clock' | 'onError'>,
) => readonly Route[];

/**
 * Creates the routes of a realm.
 *
 * @param tokenAliases further paths of its token endpoint
 */
export type RealmRoutes = (realm: Realm, tokenAliases: readonly string[]) => readonly Route[];

/** Serves each realm as an authorization server of its own, with the routes beside it. */
export function realmRoutes(services: RealmServices): RealmRoutes {
  const { realms, stores, limiter, audit, clock, isOperator, onError } = services;
  const { signIn, keyCipher, providerTokens, pages, guardedFetch, routesBeside } = services;
  const { clients, commit, initialAccessTokens } = stores;
  const shared = { realms, audit, clock, generateToken: randomToken };
  const statements = createStatementVerifier({ fetch: guardedFetch });
  const sealer = createClientSealer({ ...stores, cipher: keyCipher, audit, clock });
  const registrar = createRegistrar({
    ...shared,
    clients,
    commit,
    initialAccessTokens,
    hash: sha256,
    sealer,
    statements,
    vendors,
    managementUri,
  });

  const metadataDocuments = createMetadataDocuments({
    ...shared,
    fetch: guardedFetch,
    clients,
    commit,
    hash: sha256,
    vendors,
    onError: services.onFetchError,
  });

  return (realm, tokenAliases) => {
    const { issuer } = realm;
    const ofRealm = { registrar, realm: realm.id, onError, rulesUri: `${issuer}${PATHS.rules}` };
    const server = createAuthorizationServer({
      ...shared,
      limiter,
      realm: realm.id,
      issuer,
      vendors,
      stores,
      signIn,
      keyCipher,
      ...(providerTokens && { providerTokens }),
      sealer,
      metadataDocuments,
      fetch: guardedFetch,
      pages,
      onError,
      registration: createRegistrationEndpoint({ ...ofRealm, isOperator }),
      management: createManagementEndpoint(ofRealm),
      tokenAliases,
    });
    return [...server.routes, ...routesBeside(realm, server, services)];
  };
}
