import { createRouter } from '@vestibule/express';
import type { Pages } from '@vestibule/server';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { edgeError, sendEdgeError } from './listening/edge-error.ts';
import { createNotFound } from './realms/not-found.ts';
import type { Served } from './realms/served-realms.ts';
import { healthRoutes } from './upkeep/health.ts';

export interface ExpressAppOptions {
  /** Returns the current realms and sites. */
  readonly served: () => Promise<Served>;
  /** Serves the sites. */
  readonly router: RequestHandler;
  readonly pages: Pages;
  /** Resolves if the database can be reached. */
  readonly ping: () => Promise<void>;
  readonly trustProxy: string | number | false;
  readonly onError: (error: unknown, request: { readonly method: string; readonly url: string }) => void;
}

/** Creates an Express app with health checks, the realms, and responses to unknown paths and failures. */
export function createExpressApp({
  served,
  router,
  pages,
  ping,
  trustProxy,
  onError,
}: ExpressAppOptions): Express {
  const health = healthRoutes(ping);
  const notFound = createNotFound({ pages, served, everywhere: health });
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
    .use(createRouter({ origin: ANY_ORIGIN, routes: health, anyHost: true }))
    .use(router)
    .use(notFound)
    .use(failed);
}

/** Health checks respond at every host, and make no URL. */
const ANY_ORIGIN = 'http://localhost';

/** The status of an Express error; 500 if it has none. */
const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : 500;
