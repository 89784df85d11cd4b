import { listeningUntilEnd } from '@vestibule/testing/listening';
import { freePort } from '@vestibule/testing/port';
import express from 'express';
import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createVestibule } from '../src/index.ts';
import { INFO, MAIN, metadataUrl, newRealm, start, statusAt } from './started.ts';

describe('requests for a fetch server', () => {
  test('get the configured origin, whatever their host says', async () => {
    const { handle } = await start({ database: 'sqlite::memory:', realms: [MAIN] });
    const response = await handle(
      new Request('http://evil.example/.well-known/oauth-authorization-server'),
      INFO,
    );
    expect(await response?.json()).toMatchObject({ issuer: 'https://id.example' });
  });

  test('for a loopback issuer are served at loopback names only', async () => {
    const realms = [newRealm('main', 'http://localhost:4000')];
    const vestibule = await start({ database: 'sqlite::memory:', realms });
    const path = '/.well-known/oauth-authorization-server';
    expect(await statusAt(vestibule, `http://localhost:4000${path}`)).toBe(200);
    expect(await statusAt(vestibule, `http://evil.example:4000${path}`)).toBeUndefined();
  });

  test.each([
    '/',
    '/connect',
    '/connect/register/',
    '/connect//register',
    '/CONNECT/register',
    '/connect/at/x',
  ])('have no response at the path %s', async (path) => {
    const vestibule = await start({ database: 'sqlite::memory:', realms: [MAIN] });
    expect(await statusAt(vestibule, `https://id.example${path}`)).toBeUndefined();
  });
});

test('a router serves the realms inside an Express app and passes other paths on', async () => {
  const { router } = await start({ database: 'sqlite::memory:', realms: [MAIN] });
  const app = express()
    .use(router)
    .get('/own', (_request, response) => void response.send('own'));
  const url = await listeningUntilEnd(createServer(app));
  expect(await (await fetch(`${url}/own`)).text()).toBe('own');
  expect(await (await fetch(`${url}/.well-known/oauth-authorization-server`)).json()).toMatchObject({
    issuer: 'https://id.example',
  });
});

test('a listening server responds, and ends when it is stopped', async () => {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const vestibule = await createVestibule({
    database: 'sqlite::memory:',
    realms: [newRealm('main', issuer)],
  });
  await vestibule.listen({ port });
  expect((await fetch(`${issuer}/readyz`)).status).toBe(200);
  expect((await fetch(metadataUrl(issuer))).status).toBe(200);
  const missing = await fetch(`${issuer}/nowhere`, { headers: { accept: 'text/html' } });
  expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('Realm main')]);
  await vestibule.stop();
  await expect(fetch(`${issuer}/readyz`)).rejects.toThrow('fetch failed');
});

test('metrics need the operator token', async () => {
  const operatorToken = 'an-operator-of-tests-who-has-32-or-more';
  const { handle } = await start({ database: 'sqlite::memory:', realms: [MAIN], operatorToken });
  const get = async (token: string): Promise<number | undefined> =>
    (
      await handle(
        new Request('https://id.example/metrics', { headers: { authorization: `Bearer ${token}` } }),
        INFO,
      )
    )?.status;
  expect(await get('wrong')).toBe(401);
  expect(await get(operatorToken)).toBe(200);
});

describe('the listener', () => {
  const broken = async (): Promise<never> => {
    throw new Error('a bug');
  };
  const absent = async (): Promise<never> => {
    throw Object.assign(new Error('nothing here'), { status: 404 });
  };
  const PLACES = [
    ['GET', '/.well-known/oauth-authorization-server'],
    ['HEAD', '/.well-known/oauth-authorization-server'],
    ['GET', '/connect/jwks'],
    ['POST', '/connect/jwks'],
    ['GET', '/connect/rules'],
    ['POST', '/connect/register'],
    ['POST', '/connect/token'],
    ['OPTIONS', '/connect/token'],
    ['GET', '/connect/authorize'],
    ['GET', '/connect/register/no-client'],
    ['GET', '/connect/token/'],
    ['GET', '/healthz'],
    ['GET', '/readyz'],
    ['GET', '/nowhere'],
    ['GET', '/broken'],
    ['GET', '/absent'],
    ['GET', '/%'],
  ] as const;

  test('responds as the Express app does', async () => {
    const errors: unknown[] = [];
    const { app, listener } = await start({
      database: 'sqlite::memory:',
      realms: [MAIN],
      routesBeside: () => [
        { path: '/broken', endpoint: broken },
        { path: '/absent', endpoint: absent },
      ],
      onError: (error) => errors.push(String(error)),
    });
    const responses = await Promise.all(
      [app, listener].map(async (serve) => {
        const url = await listeningUntilEnd(createServer(serve));
        return Promise.all(
          PLACES.map(async ([method, path]) => {
            const response = await fetch(`${url}${path}`, { method, redirect: 'manual' });
            const { date: _date, ...headers } = Object.fromEntries(response.headers);
            return { method, path, status: response.status, headers, body: await response.text() };
          }),
        );
      }),
    );
    expect(responses[1]).toEqual(responses[0]);
    expect(responses[1]?.map(({ status }) => status)).toEqual([
      200, 200, 200, 405, 200, 415, 415, 204, 400, 404, 404, 200, 200, 404, 500, 404, 404,
    ]);
    expect(errors).toEqual(['Error: a bug', 'Error: a bug']);
  });
});
