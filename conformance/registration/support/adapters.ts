import { createAdaptorServer } from '@hono/node-server';
import { routesPlugin } from '@vestibule/fastify';
import { routesMiddleware } from '@vestibule/hono';
import { createMemoryRateLimiter } from '@vestibule/rate-limit';
import { createMemoryStores } from '@vestibule/server/memory';
import { listening } from '@vestibule/testing/listening';
import fastify, { type FastifyInstance } from 'fastify';
import { Hono, type MiddlewareHandler } from 'hono';
import { createServer, Server } from 'node:http';
import type { Venue } from './venue.ts';

/** The address that a request claims, because tests have only one. */
const ADDRESS = 'x-test-address';

/** The realm whose routes have a path. */
const realmOf = (path: string): string => /\/realms\/([^/?]+)/.exec(path)?.[1] ?? '';

/** Hono on a real socket, with stores in memory. */
export async function openHono(): Promise<Venue> {
  const mounted = new Map<string, MiddlewareHandler>();
  const app = new Hono().use(async (context, next) => {
    const middleware = mounted.get(realmOf(context.req.path));
    return middleware === undefined ? next() : middleware(context, next);
  });
  const server = createAdaptorServer(app);
  if (!(server instanceof Server)) throw new Error('The server does not speak HTTP/1.1.');
  return venueOf(server, (id, origin, routes) => {
    mounted.set(id, routesMiddleware({ origin, routes, ip: (context) => context.req.header(ADDRESS) }));
  });
}

/** Fastify on a real socket, with stores in memory: an app for each realm. */
export async function openFastify(): Promise<Venue> {
  const apps = new Map<string, Promise<FastifyInstance>>();
  const server = createServer(async (incoming, outgoing) => {
    const app = await apps.get(realmOf(incoming.url ?? ''));
    if (app === undefined) outgoing.writeHead(404).end();
    else app.routing(incoming, outgoing);
  });
  return venueOf(server, (id, origin, routes) => {
    const app = fastify();
    app.register(routesPlugin, { origin, routes, ip: ({ headers }) => String(headers[ADDRESS]) });
    apps.set(
      id,
      (async () => {
        await app.ready();
        return app;
      })(),
    );
  });
}

/** A venue of a server that does not listen yet. */
async function venueOf(
  server: Server,
  mount: (id: string, origin: string, routes: Parameters<Venue['mount']>[1]) => void,
): Promise<Venue> {
  const { at: origin, close } = await listening(server);
  return {
    stores: createMemoryStores(),
    limiter: createMemoryRateLimiter(),
    origin,
    mount: (id, routes) => mount(id, origin, routes),
    send: (url, init, ip) => {
      const headers = new Headers(init.headers);
      headers.set(ADDRESS, ip);
      return fetch(url, { ...init, headers, redirect: 'manual' });
    },
    close,
  };
}
