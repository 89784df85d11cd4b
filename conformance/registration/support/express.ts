import { createRouter } from '@vestibule/express';
import { listening } from '@vestibule/testing/listening';
import express, { type Router } from 'express';
import { createServer } from 'node:http';
import type { Venue } from './venue.ts';

/** The address that a request claims, because tests have only one. */
const ADDRESS = 'x-test-address';

/** Express on a real socket, with any stores. */
export async function openExpress(
  kept: Pick<Venue, 'stores' | 'limiter'> & { readonly close?: () => Promise<void> },
): Promise<Venue> {
  const routers = new Map<string, Router>();
  const app = express()
    .disable('x-powered-by')
    .use((request, response, next) => {
      const [, id = ''] = /\/realms\/([^/]+)/.exec(request.path) ?? [];
      const router = routers.get(id);
      if (router === undefined) next();
      else router(request, response, next);
    })
    .use((_, response) => void response.status(404).json({ error: 'not_found' }));
  const server = createServer(app);
  const { at: origin, close } = await listening(server);
  return {
    stores: kept.stores,
    limiter: kept.limiter,
    origin,
    mount: (id, routes) =>
      void routers.set(id, createRouter({ origin, routes, ip: (request) => request.get(ADDRESS) ?? '' })),
    send: (url, init, ip) => {
      const headers = new Headers(init.headers);
      headers.set(ADDRESS, ip);
      return fetch(url, { ...init, headers, redirect: 'manual' });
    },
    async close() {
      await close();
      await kept.close?.();
    },
  };
}
