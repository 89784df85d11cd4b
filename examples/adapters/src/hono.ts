import { getConnInfo } from '@hono/node-server/conninfo';
import { createPages } from '@vestibule/consent-ui';
import { routesMiddleware } from '@vestibule/hono';
import { Hono } from 'hono';
import { createRoutes } from './routes.ts';

/** A Hono app for Node, with a page of its own. */
export const createHonoApp = (origin: string): Hono =>
  new Hono()
    .use(
      routesMiddleware({
        origin,
        routes: createRoutes(origin, createPages()),
        ip: (context) => getConnInfo(context).remote.address,
      }),
    )
    .get('/', (context) => context.text('Acme Notes'));
