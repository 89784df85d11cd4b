import {
  type AuditLog,
  type Clock,
  createRegistrar,
  type RateLimiter,
  type Realm,
  type RealmDirectory,
  sameResource,
  storedClients,
  type StoreUnavailable,
} from '@vestibule/core';
import { type OnError, randomToken, type Route, sha256 } from '@vestibule/http';
import { createManagementEndpoint, createRegistrationEndpoint } from '@vestibule/http/registration';
import {
  type Authenticate,
  type AuthorizationServer,
  createAuthorizationServer,
  createSignInQueue,
  type KeyCipher,
  managementUri,
  type Pages,
  PATHS,
  type Stores,
} from '@vestibule/server';
import { createStatementVerifier } from '@vestibule/software-statements';
import { vendors } from '@vestibule/vendor-directory';
import { createNotesRoutes } from './notes/routes.ts';

/** What every realm of the process is served with. */
export interface RealmServices {
  readonly realms: RealmDirectory;
  readonly stores: Stores;
  readonly limiter: RateLimiter;
  readonly audit: AuditLog;
  readonly authenticate: Authenticate;
  readonly keyCipher: KeyCipher;
  readonly pages: Pages;
  /** Whether a bearer token is an operator's. */
  readonly isOperator: (token: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly onError: OnError;
}

/** What is served for a realm, beside the realms at the same origin, itself among them. */
export type RealmRoutes = (realm: Realm, atOrigin: readonly Realm[]) => readonly Route[];

/** Serves realms, each as an authorization server of its own, and Notes where a realm has it. */
export function realmRoutes(services: RealmServices): RealmRoutes {
  const { realms, stores, limiter, audit, clock, isOperator, onError } = services;
  const { authenticate, keyCipher, pages } = services;
  const { clients, grants, initialAccessTokens } = stores;
  const shared = { realms, limiter, audit, clock, entropy: randomToken };
  const statements = createStatementVerifier();
  const signInQueue = createSignInQueue();
  const registrar = createRegistrar({
    ...shared,
    clients,
    grants,
    initialAccessTokens,
    hash: sha256,
    statements,
    vendors,
    managementUri,
  });
  const known = storedClients(clients, { vendors });

  return (realm, atOrigin) => {
    const { issuer } = realm;
    const ofRealm = { registrar, realm: realm.id, onError, rulesUri: `${issuer}${PATHS.rules}` };
    const server = createAuthorizationServer({
      ...shared,
      realm: realm.id,
      issuer,
      clients: known,
      stores,
      authenticate,
      signInQueue,
      keyCipher,
      pages,
      onError,
      registration: createRegistrationEndpoint({ ...ofRealm, isOperator }),
      management: createManagementEndpoint(ofRealm),
      tokenAliases: tokenAliases(realm, atOrigin),
    });
    return [...server.routes, ...notesRoutes(realm, server, services)];
  };
}

/**
 * Where clients ask for tokens that lost the metadata and go by the defaults of MCP 2025-03-26: at the origin of the API. That
 * names no realm, so it is for one alone that has an API there, and for none where an API is at that very path.
 */
function tokenAliases({ id, issuer }: Realm, atOrigin: readonly Realm[]): readonly string[] {
  const { origin } = new URL(issuer);
  const isHere = ({ resource }: Realm['apis'][number]): boolean => URL.parse(resource)?.origin === origin;
  const withApis = atOrigin.filter(({ apis }) => apis.some(isHere));
  const isTaken = withApis.some(({ apis }) =>
    apis.some(({ resource }) => sameResource(resource, `${origin}/token`)),
  );
  return withApis.length === 1 && withApis[0]?.id === id && !isTaken ? ['/token'] : [];
}

function notesRoutes(
  realm: Realm,
  server: AuthorizationServer,
  { realms, clock, onError }: Pick<RealmServices, 'realms' | 'clock' | 'onError'>,
): readonly Route[] {
  const api = realm.apis.find(
    ({ id, resource }) => id === 'notes' && URL.parse(resource)?.origin === new URL(realm.issuer).origin,
  );
  if (api === undefined) return [];
  // Notes runs beside its authorization server, so it asks it for the keys without going over the network.
  const fetch = async (url: string): Promise<Response> => {
    const response = await server.jwks(new Request(url), { ip: '' });
    if (response.status === 503) throw keysUnavailable(response);
    return response;
  };
  return createNotesRoutes({ realm, api, realms, fetch, scopesNow: server.scopesNow, clock, onError });
}

/** The keys cannot be had because the database is away: so is Notes, and the token is not guilty. */
const keysUnavailable = ({ headers }: Response): StoreUnavailable =>
  Object.assign(new Error('The signing keys cannot be read just now.'), {
    code: 'STORE_UNAVAILABLE',
    retryAfter: Number(headers.get('retry-after')),
  } as const);
