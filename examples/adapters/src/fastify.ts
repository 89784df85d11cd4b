import { createPages } from '@vestibule/consent-ui';
import { routesPlugin } from '@vestibule/fastify';
import fastify, { type FastifyInstance } from 'fastify';
import { createRoutes } from './routes.ts';

/** A Fastify app, with a page of its own. */
export async function createFastifyApp(origin: string): Promise<FastifyInstance> {
  const app = fastify();
  await app.register(routesPlugin, { origin, routes: createRoutes(origin, createPages()) });
  app.get('/', async () => 'Acme Notes');
  return app;
}
