import { createPages } from '@vestibule/consent-ui';
import {
  type AuditLog,
  createRegistrar,
  dynamicClients,
  type RateLimiter,
  type Realm,
  type RealmDirectory,
} from '@vestibule/core';
import { createRouter } from '@vestibule/express';
import { createRegistrationEndpoint, randomToken, type Route } from '@vestibule/http';
import { type Authenticate, createAuthorizationServer, type ServerStores } from '@vestibule/server';
import type { SqliteStores } from '@vestibule/sqlite';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { createNotesRoutes } from './notes/routes.ts';

export interface AppOptions {
  readonly realm: Realm;
  readonly realms: RealmDirectory;
  readonly stores: ServerStores & Pick<SqliteStores, 'clients'>;
  readonly limiter: RateLimiter;
  readonly audit: AuditLog;
  readonly authenticate: Authenticate;
  readonly trustProxy: string | number | false;
  readonly onError: (error: unknown, request: { readonly method: string; readonly url: string }) => void;
}

/** Everything, wired together: the authorization server, registration, the pages, and Notes as the API. */
export function createApp({
  realm,
  realms,
  stores,
  limiter,
  audit,
  authenticate,
  trustProxy,
  onError,
}: AppOptions): Express {
  const { issuer } = realm;
  const { clients } = stores;
  const pages = createPages();
  const shared = { realms, limiter, audit, clock: Date.now, entropy: randomToken };

  const registrar = createRegistrar({ ...shared, clients });
  const server = createAuthorizationServer({
    ...shared,
    realm: realm.id,
    issuer,
    clients: dynamicClients(clients),
    stores,
    authenticate,
    pages,
    onError,
    registration: createRegistrationEndpoint({ registrar, realm: realm.id, onError }),
  });
  const routes: Route[] = [...server.routes, ...notesRoutes()];

  function notesRoutes(): readonly Route[] {
    const api = realm.apis.find(
      ({ id, resource }) => id === 'notes' && URL.parse(resource)?.origin === new URL(issuer).origin,
    );
    if (api === undefined) return [];
    // Notes runs beside its authorization server, so it asks it for the keys without going over the network.
    const fetch = (url: string): Promise<Response> => server.jwks(new Request(url), { ip: '' });
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
