import type { Realm } from '@vestibule/core';
import { createPages } from '@vestibule/consent-ui';
import { createRouter, createSitesRouter, type Site } from '@vestibule/express';
import type { Route } from '@vestibule/http';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { healthRoutes } from './health.ts';
import { type RealmRoutes, realmRoutes, type RealmServices } from './realm-routes.ts';

export interface AppOptions extends Omit<RealmServices, 'pages' | 'onError'> {
  /** The realms to serve, each at its own issuer: below a path, or at a host of its own. The first is the main one. */
  readonly served: readonly [Realm, ...Realm[]];
  /** Answers where the database can be reached. */
  readonly ping: () => Promise<void>;
  /** Besides those of the realms, at whatever host. */
  readonly routes: readonly Route[];
  readonly trustProxy: string | number | false;
  readonly onError: (error: unknown, request: { readonly method: string; readonly url: string }) => void;
}

/** Everything, wired together: realms with their authorization servers, registration, the pages, and Notes as the API. */
export function createApp({ served, ping, routes, trustProxy, onError, ...services }: AppOptions): Express {
  const pages = createPages();
  const [main] = served;
  const routesOf = realmRoutes({ ...services, pages, onError });

  const notFound: RequestHandler = (request, response) => {
    if (request.accepts(['json', 'html']) === 'html') {
      const page = pages.problem({ realmName: main.name, problem: 'not-found' });
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
    .use(createRouter({ origin: new URL(main.issuer).origin, routes: [...healthRoutes(ping), ...routes] }))
    .use(createSitesRouter({ sites: sitesOf(served, routesOf) }))
    .use(notFound)
    .use(failed);
}

/** The status that an exception of Express's carries; 500 where it carries none. */
const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : 500;

/** What stands at each origin: the routes of all realms whose issuers are there. */
function sitesOf(realms: readonly Realm[], routesOf: RealmRoutes): readonly Site[] {
  const byOrigin = Map.groupBy(realms, ({ issuer }) => new URL(issuer).origin);
  return [...byOrigin].map(([origin, there]) => ({
    origin,
    routes: there.flatMap((realm) => routesOf(realm, there)),
  }));
}
