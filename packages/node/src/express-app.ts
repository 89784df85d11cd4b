import { createRouter } from '@vestibule/express';
import { type NodeServer, serveRoutes, serveSites } from '@vestibule/http/node';
import type { Pages } from '@vestibule/server';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { IncomingMessage, RequestListener } from 'node:http';
import { clientAddress, type Trust } from './listening/client-address.ts';
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

/** Two forms of the same app. */
export interface Apps {
  /** An Express app with health checks, the realms, and responses to unknown paths and failures. */
  readonly app: Express;
  /** A listener for a Node server that finds the routes itself, and needs Express only for unknown paths and failures. */
  readonly listener: RequestListener;
}

/** Creates the app. */
export function createApps({ served, router, pages, ping, trustProxy, onError }: ExpressAppOptions): Apps {
  const health = healthRoutes(ping);
  const notFound = createNotFound({ pages, served, everywhere: health });
  const failed: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    // Errors of Express itself below 500, such as for a path that cannot be decoded, are the client's.
    if (statusOf(error) < 500) return notFound(request, response, next);
    onError(error, request);
    sendEdgeError(response, edgeError(500, 'server_error', 'the server could not answer'));
  };
  const newApp = (): Express =>
    express().disable('x-powered-by').disable('etag').set('trust proxy', trustProxy);

  const app = newApp()
    .use(createRouter({ origin: ANY_ORIGIN, routes: health, anyHost: true }))
    .use(router)
    .use(notFound)
    .use(failed);

  const failures = new WeakMap<IncomingMessage, { readonly error: unknown }>();
  const rest = newApp()
    .use((request, _response, next) => next(failures.get(request)?.error))
    .use(notFound)
    .use(failed);
  const trust: Trust = app.get('trust proxy fn');
  const ip = (incoming: IncomingMessage): string => clientAddress(incoming, trust);
  const servers = [
    serveRoutes({ origin: ANY_ORIGIN, routes: health, anyHost: true, ip }),
    serveSites({ sites: async () => (await served()).sites, ip }),
  ];
  const listener: RequestListener = async (incoming, outgoing) => {
    try {
      if (await isServed(servers, incoming, outgoing)) return;
    } catch (error) {
      failures.set(incoming, { error });
    }
    rest(incoming, outgoing);
  };
  return { app, listener };
}

/** Whether one of the servers responded. */
async function isServed(
  servers: readonly NodeServer[],
  ...[incoming, outgoing]: Parameters<RequestListener>
): Promise<boolean> {
  for (const serve of servers) if (await serve(incoming, outgoing)) return true;
  return false;
}

/** Health checks respond at every host, and make no URL. */
const ANY_ORIGIN = 'http://localhost';

/** The status of an Express error; 500 if it has none. */
const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : 500;
