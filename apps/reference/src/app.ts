import type { Realm } from '@vestibule/core';
import { createPages } from '@vestibule/consent-ui';
import { createRouter, createSitesRouter, type Site } from '@vestibule/express';
import type { Route } from '@vestibule/http';
import { createNotFound, edgeError, healthRoutes, sendEdgeError } from '@vestibule/node';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { type RealmRoutes, realmRoutes, type RealmServices } from './realm-routes.ts';

export interface AppOptions extends Omit<RealmServices, 'pages' | 'onError'> {
  /** The realms to serve, each at its own issuer: below a path, or at a host of its own. The first is the main one. */
  readonly served: readonly [Realm, ...Realm[]];
  /** Resolves if the database can be reached. */
  readonly ping: () => Promise<void>;
  /** Further routes, at the main realm's origin. */
  readonly routes: readonly Route[];
  readonly trustProxy: string | number | false;
  readonly onError: (error: unknown, request: { readonly method: string; readonly url: string }) => void;
}

/** Everything, wired together: realms with their authorization servers, registration, the pages, and Notes as the API. */
export function createApp({ served, ping, routes, trustProxy, onError, ...services }: AppOptions): Express {
  const pages = createPages();
  const [main] = served;
  const { origin } = new URL(main.issuer);
  const routesOf = realmRoutes({ ...services, pages, onError });

  const sites = sitesOf(served, routesOf);
  const health = healthRoutes(ping);
  const notFound = createNotFound({
    pages,
    realmName: main.name,
    issuer: main.issuer,
    sites,
    everywhere: [...health, ...routes],
  });
  const failed: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    // Errors of Express itself below 500, such as for a path that cannot be decoded, are the client's.
    if (statusOf(error) < 500) return notFound(request, response, next);
    onError(error, request);
    sendEdgeError(response, edgeError(500, 'server_error', 'the server could not answer'));
  };

  return express()
    .disable('x-powered-by')
    .disable('etag')
    .set('trust proxy', trustProxy)
    .use(createRouter({ origin, routes: health, anyHost: true }))
    .use(createRouter({ origin, routes }))
    .use(createSitesRouter({ sites }))
    .use(notFound)
    .use(failed);
}

/** The status of an Express error; 500 if it has none. */
const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : 500;

/** The sites by origin, each with the routes of all realms whose issuers have that origin. */
function sitesOf(realms: readonly Realm[], routesOf: RealmRoutes): readonly Site[] {
  const byOrigin = Map.groupBy(realms, ({ issuer }) => new URL(issuer).origin);
  return [...byOrigin].map(([origin, there]) => ({
    origin,
    routes: there.flatMap((realm) => routesOf(realm, there)),
  }));
}
