import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { json, programEndpoint, readText } from '@vestibule/http';
import { createAdapterApp } from '@vestibule/testing/adapter-routes';
import { testAdapter } from '@vestibule/testing/adapters';
import { listening } from '@vestibule/testing/listening';
import { Hono } from 'hono';
import { Server } from 'node:http';
import { routesMiddleware } from '../src/index.ts';

testAdapter('Hono', () => {
  const { mounts, record } = createAdapterApp({ json, readText, programEndpoint });
  const app = new Hono();
  for (const mount of mounts) {
    app.use(routesMiddleware({ ...mount, ip: (context) => getConnInfo(context).remote.address }));
  }
  app.onError((error, context) => {
    record(error);
    return context.body(null, 500);
  });
  const server = createAdaptorServer(app);
  if (!(server instanceof Server)) throw new Error('The server does not speak HTTP/1.1.');
  return listening(server);
});
