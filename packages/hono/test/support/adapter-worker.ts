import { json, programEndpoint, readText } from '@vestibule/http';
import { createAdapterApp } from '@vestibule/testing/adapter-routes';
import { Hono } from 'hono';
import { routesMiddleware } from '../../src/index.ts';

const { mounts, record } = createAdapterApp({ json, readText, programEndpoint });
const app = new Hono();
for (const mount of mounts) {
  app.use(routesMiddleware({ ...mount, ip: (context) => context.req.header('cf-connecting-ip') }));
}
app.onError((error, context) => {
  record(error);
  return context.body(null, 500);
});

// oxlint-disable-next-line import/no-default-export -- The default export of a module is the Worker.
export default app;
