import { attach } from '@vestibule/example-agent';
import { openDatabase } from '@vestibule/database';
import { freePort } from '@vestibule/testing/port';
import { startPostgres } from '@vestibule/testing/postgres';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startNginx } from '../src/nginx.ts';
import { startProxy } from '../src/proxy.ts';
import { type Cluster, startCluster } from '../src/start.ts';

const ADA = { username: 'ada', password: 'a horse of her own' };
const front = process.env['FRONT'] === 'nginx' ? startNginx : startProxy;

let cluster: Cluster;
let database: string;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  const postgres = await startPostgres();
  ends.push(() => postgres.stop());
  database = await postgres.createDatabase();
  const options = {
    database,
    keySecret: randomBytes(32).toString('base64url'),
    port: await freePort(),
    nodes: [await freePort(), await freePort()],
  };
  cluster = await startCluster(options, front);
  ends.push(cluster.stop);
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

test('records the address that the proxy saw, and not the one that a client claims', async () => {
  const { origin } = new URL(cluster.resource);
  const registered = await fetch(`${origin}/connect/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' },
    body: JSON.stringify({ client_name: 'Liar', redirect_uris: ['https://liar.example/callback'] }),
  });
  expect(registered.status).toBe(201);
  const { stores, close } = await openDatabase(database);
  const { items } = await stores.audit.list('main', { limit: 10 });
  await close();
  expect(items.find(({ type }) => type === 'registration.accepted')).toMatchObject({ ip: '127.0.0.1' });
});

test('an agent attaches although a node dies while its person reads the consent page', async () => {
  const [first] = cluster.nodes;
  const agent = await attach({
    server: new URL(cluster.resource),
    person: ADA,
    onPage: ({ kind }) => {
      if (kind === 'consent') first?.kill('SIGKILL');
    },
  });
  expect(first?.signalCode).toBe('SIGKILL');
  expect(await agent.call('list_notes')).toMatchObject({ failed: false });
  await agent.close();
});
