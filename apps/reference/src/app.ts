import { createPages } from '@vestibule/consent-ui';
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
import { createRouter } from '@vestibule/express';
import {
  createManagementEndpoint,
  createRegistrationEndpoint,
  randomToken,
  type Route,
  sha256,
} from '@vestibule/http';
import { type Authenticate, createAuthorizationServer, PATHS, type Stores } from '@vestibule/server';
import { createStatementVerifier } from '@vestibule/software-statements';
import { vendors } from '@vestibule/vendor-directory';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { healthRoutes } from './health.ts';
import { createNotesRoutes } from './notes/routes.ts';

export interface AppOptions {
  readonly realm: Realm;
  readonly realms: RealmDirectory;
  readonly stores: Stores;
  readonly limiter: RateLimiter;
  /** Answers where the database can be reached. */
  readonly ping: () => Promise<void>;
  readonly audit: AuditLog;
  readonly authenticate: Authenticate;
  /** Whether a bearer token is an operator's. */
  readonly isOperator: (token: string) => Promise<boolean>;
  /** Besides those of the authorization server and of Notes. */
  readonly routes: readonly Route[];
  readonly trustProxy: string | number | false;
  /** @default the system's */
  readonly clock?: Clock;
  readonly onError: (error: unknown, request: { readonly method: string; readonly url: string }) => void;
}

/** Everything, wired together: the authorization server, registration, the pages, and Notes as the API. */
export function createApp({
  realm,
  realms,
  stores,
  limiter,
  ping,
  audit,
  authenticate,
  isOperator,
  routes: others,
  trustProxy,
  clock = Date.now,
  onError,
}: AppOptions): Express {
  const { issuer } = realm;
  const { clients, grants, initialAccessTokens } = stores;
  const pages = createPages();
  const shared = { realms, limiter, audit, clock, entropy: randomToken };

  const registrar = createRegistrar({
    ...shared,
    clients,
    grants,
    initialAccessTokens,
    hash: sha256,
    statements: createStatementVerifier(),
    vendors,
  });
  const ofRealm = { registrar, realm: realm.id, onError, rulesUri: `${issuer}${PATHS.rules}` };
  const server = createAuthorizationServer({
    ...shared,
    realm: realm.id,
    issuer,
    clients: storedClients(clients, { vendors }),
    stores,
    authenticate,
    pages,
    onError,
    registration: createRegistrationEndpoint({ ...ofRealm, isOperator }),
    management: createManagementEndpoint(ofRealm),
  });
  const routes: Route[] = [...healthRoutes(ping), ...others, ...server.routes, ...notesRoutes()];

  function notesRoutes(): readonly Route[] {
    const api = realm.apis.find(
      ({ id, resource }) => id === 'notes' && URL.parse(resource)?.origin === new URL(issuer).origin,
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

  const notFound: RequestHandler = (request, response) => {
    if (request.accepts(['json', 'html']) === 'html') {
      const page = pages.problem({ realmName: realm.name, problem: 'not-found' });
      response.status(404).set(page.headers).send(page.html);
    } else {
      response.status(404).json({ error: 'not_found', error_description: 'there is nothing here' });
    }
  };
  const failed: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    // What Express itself refuses, such as a path that cannot be decoded, is the other side's fault.
    if (statusOf(error) < 500) return notFound(request, response, next);
    onError(error, request);
    response.status(500).json({ error: 'server_error', error_description: 'the server could not answer' });
  };

  return express()
    .disable('x-powered-by')
    .disable('etag')
    .set('trust proxy', trustProxy)
    .use(createRouter({ origin: new URL(issuer).origin, routes }))
    .use(notFound)
    .use(failed);
}

/** The status that an exception of Express's carries; 500 where it carries none. */
const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : 500;

/** The keys cannot be had because the database is away: so is Notes, and the token is not guilty. */
const keysUnavailable = ({ headers }: Response): StoreUnavailable =>
  Object.assign(new Error('The signing keys cannot be read just now.'), {
    code: 'STORE_UNAVAILABLE',
    retryAfter: Number(headers.get('retry-after')),
  } as const);
