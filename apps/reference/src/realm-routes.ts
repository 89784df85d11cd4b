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
import { createStatementVerifier } from '@vestibule/assertions/software-statements';
import { vendors } from '@vestibule/vendor-directory';
import { createNotesRoutes } from './notes/routes.ts';

/** The services that all realms of the process share. */
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

/** Creates the routes of a realm, given all realms at the same origin, including itself. */
export type RealmRoutes = (realm: Realm, atOrigin: readonly Realm[]) => readonly Route[];

/** Serves each realm as an authorization server of its own, with the Notes API if the realm has it. */
export function realmRoutes(services: RealmServices): RealmRoutes {
  const { realms, stores, limiter, audit, clock, isOperator, onError } = services;
  const { authenticate, keyCipher, pages } = services;
  const { clients, grants, initialAccessTokens } = stores;
  const shared = { realms, limiter, audit, clock, generateToken: randomToken };
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
 * Further paths of the token endpoint for clients that have lost the metadata and use the defaults of MCP 2025-03-26, at the origin
 * of the API. The path names no realm, so it exists only if exactly one realm has an API at the origin, and no API has that path.
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
  // Notes runs in the process of its authorization server, so it gets the keys without a network request.
  const fetch = async (url: string): Promise<Response> => {
    const response = await server.jwks(new Request(url), { ip: '' });
    if (response.status === 503) throw keysUnavailable(response);
    return response;
  };
  return createNotesRoutes({ realm, api, realms, fetch, scopesNow: server.scopesNow, clock, onError });
}

/** The error if the database cannot be reached for the keys: Notes is unavailable too, and the token may be valid. */
const keysUnavailable = ({ headers }: Response): StoreUnavailable =>
  Object.assign(new Error('The signing keys cannot be read at the moment.'), {
    code: 'STORE_UNAVAILABLE',
    retryAfter: Number(headers.get('retry-after')),
  } as const);
