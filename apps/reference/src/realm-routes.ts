import {
  type AuditLog,
  type Clock,
  createRegistrar,
  type RateLimiter,
  type Realm,
  type RealmDirectory,
  storedClients,
  type StoreUnavailable,
} from '@vestibule/core';
import {
  createManagementEndpoint,
  createRegistrationEndpoint,
  type OnError,
  randomToken,
  type Route,
  sha256,
} from '@vestibule/http';
import {
  type Authenticate,
  type AuthorizationServer,
  createAuthorizationServer,
  createSignInQueue,
  type KeyCipher,
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

/** Serves realms, each as an authorization server of its own, and Notes where a realm has it. */
export function realmRoutes(services: RealmServices): (realm: Realm) => readonly Route[] {
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
  });
  const known = storedClients(clients, { vendors });

  return (realm) => {
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
    });
    return [...server.routes, ...notesRoutes(realm, server, onError)];
  };
}

function notesRoutes(realm: Realm, server: AuthorizationServer, onError: OnError): readonly Route[] {
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
  return createNotesRoutes({ realm, api, fetch, onError });
}

/** The keys cannot be had because the database is away: so is Notes, and the token is not guilty. */
const keysUnavailable = ({ headers }: Response): StoreUnavailable =>
  Object.assign(new Error('The signing keys cannot be read just now.'), {
    code: 'STORE_UNAVAILABLE',
    retryAfter: Number(headers.get('retry-after')),
  } as const);
