import { serve } from '@hono/node-server';
import { freePort } from '@vestibule/testing/port';
import { startWorker } from '@vestibule/testing/worker';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFastifyApp } from '../src/fastify.ts';
import { createHonoApp } from '../src/hono.ts';
import { attach } from './attach.ts';

/** What an agent gets that attaches to an app, and what the app responds itself. */
const used = async (origin: string): Promise<readonly string[]> => [
  await attach(origin),
  await (await fetch(origin)).text(),
];
const USED = ['Water the ferns on Thursday.', 'Acme Notes'];

test('an agent attaches to a server that is mounted in Hono', async () => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const server = serve({ fetch: createHonoApp(origin).fetch, port, hostname: 'localhost' });
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  expect(await used(origin)).toEqual(USED);
});

test('an agent attaches to a server that is mounted in Fastify', async () => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const app = await createFastifyApp(origin);
  await app.listen({ port, host: 'localhost' });
  onTestFinished(() => app.close());
  expect(await used(origin)).toEqual(USED);
});

test('an agent attaches to a server that is a Worker', async () => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const worker = await startWorker(join(import.meta.dirname, '../src/worker.ts'), {
    port,
    bindings: { ORIGIN: origin },
  });
  onTestFinished(() => worker.close());
  expect(await used(origin)).toEqual(USED);
});
