import { type Realm, realmSettings } from '@vestibule/core/realm';
import { openDatabase } from '@vestibule/database';
import type { Endpoint } from '@vestibule/http';
import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import express from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createVestibule, type NewRealm, type Vestibule, type VestibuleOptions } from '../src/index.ts';

const INFO = { ip: '192.0.2.1' };

const newRealm = (id: string, issuer: string): NewRealm => ({
  realm: { id, name: `Realm ${id}`, issuer, settings: { registration: { open: true } } },
  scopes: [{ name: 'notes:read', description: 'Read your notes', openToDynamicClients: true }],
  apis: [
    {
      id: 'notes',
      name: 'Notes',
      resource: 'https://notes.example/mcp',
      scopes: ['notes:read'],
      openToDynamicClients: true,
    },
  ],
  people: [{ username: 'ada', name: 'Ada', password: 'a horse of her own' }],
});

const realmAt = (id: string, issuer: string): Realm => ({
  id,
  name: id,
  issuer,
  settings: realmSettings(),
  scopes: [],
  apis: [],
});

async function start(options: VestibuleOptions): Promise<Vestibule> {
  const vestibule = await createVestibule({ onWarning: () => undefined, ...options });
  onTestFinished(() => vestibule.stop());
  return vestibule;
}

const MAIN = newRealm('main', 'https://id.example');
const ISSUER_OF_SECOND = 'https://second.example';
const metadataUrl = (issuer: string): string => {
  const { origin, pathname } = new URL(issuer);
  return `${origin}/.well-known/oauth-authorization-server${pathname === '/' ? '' : pathname}`;
};
/** The issuer in the metadata at the address of an issuer's metadata. */
const issuerAt = async (vestibule: Vestibule, issuer: string): Promise<unknown> => {
  const response = await vestibule.handle(new Request(metadataUrl(issuer)), INFO);
  return response === undefined ? undefined : Object(await response.json()).issuer;
};

/** Follows redirects as a browser does, with cookies. */
async function follow(handle: Endpoint, address: URL): Promise<Response | undefined> {
  let url = address;
  const cookies: string[] = [];
  for (let hop = 0; hop < 5; hop += 1) {
    const response = await handle(new Request(url, { headers: { cookie: cookies.join('; ') } }), INFO);
    for (const cookie of response?.headers.getSetCookie() ?? []) cookies.push(cookie.split(';', 1)[0] ?? '');
    const location = response?.headers.get('location') ?? undefined;
    if (location === undefined) return response;
    url = new URL(location, url);
  }
  return undefined;
}

const statusAt = async (vestibule: Vestibule, url: string): Promise<number | undefined> =>
  (await vestibule.handle(new Request(url), INFO))?.status;

describe('a new Vestibule', () => {
  test('registers a client that it has never seen, and displays the sign-in page', async () => {
    const { handle } = await start({ database: 'sqlite::memory:', realms: [MAIN] });
    const registered = await handle(
      new Request('https://id.example/connect/register', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_name: 'Agent', redirect_uris: ['https://agent.example/callback'] }),
      }),
      INFO,
    );
    expect(registered?.status).toBe(201);
    const body: unknown = await registered?.json();
    expect(body).toMatchObject({ client_id: expect.any(String) });
    const { client_id } = Object(body);
    const authorize = new URL('https://id.example/connect/authorize');
    authorize.search = String(
      new URLSearchParams({
        client_id,
        response_type: 'code',
        redirect_uri: 'https://agent.example/callback',
        scope: 'notes:read',
        resource: 'https://notes.example/mcp',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
        state: 's',
      }),
    );
    const page = await follow(handle, authorize);
    expect(page?.status).toBe(200);
    expect(await page?.text()).toContain('name="password"');
  });

  test('does not create a realm again, and refuses one with another issuer', async () => {
    const database = `sqlite:${join(temporaryFolder(), 'a.db')}`;
    await (await createVestibule({ database, realms: [MAIN] })).stop();
    const again = await createVestibule({ database, realms: [MAIN] });
    expect((await again.realms()).map(({ id }) => id)).toEqual(['main']);
    await again.stop();
    const moved = createVestibule({ database, realms: [newRealm('main', 'https://other.example')] });
    await expect(moved).rejects.toThrow('The realm main in this database has the issuer https://id.example');
    const taken = createVestibule({ database, realms: [newRealm('other', 'https://id.example')] });
    await expect(taken).rejects.toThrow('The issuer https://id.example belongs to the realm main');
  });

  test('creates no realm if one of them is refused, and names it by its place', async () => {
    const database = await openDatabase('sqlite::memory:');
    onTestFinished(() => database.close());
    const misspelled = {
      ...MAIN,
      realm: { ...MAIN.realm, id: 'second', issuer: ISSUER_OF_SECOND },
      scope: [],
    };
    const refused = createVestibule({ database, realms: [MAIN, misspelled], onWarning: () => undefined });
    await expect(refused).rejects.toThrow('realms[1].scope: unknown member. Did you mean scopes?');
    const sameIssuer = newRealm('second', MAIN.realm.issuer);
    const taken = createVestibule({ database, realms: [MAIN, sameIssuer], onWarning: () => undefined });
    await expect(taken).rejects.toThrow(`The issuer ${MAIN.realm.issuer} belongs to the realm main`);
    expect(await database.stores.realms.list()).toEqual([]);
  });

  test('refuses an issuer that no realm of the database has', async () => {
    const database = await openDatabase('sqlite::memory:');
    onTestFinished(() => database.close());
    await start({ database, realms: [MAIN] });
    const other = createVestibule({ database, issuer: ISSUER_OF_SECOND, onWarning: () => undefined });
    await expect(other).rejects.toThrow(
      `The realm main in this database has the issuer ${MAIN.realm.issuer}, but this start uses ${ISSUER_OF_SECOND}.`,
    );
    await start({ database, issuer: MAIN.realm.issuer });
  });

  test('pre-registers the clients of a realm at the time of its clock', async () => {
    const client = {
      id: 'acme',
      name: 'Acme',
      redirectUris: ['https://acme.example/cb'],
      authentication: { method: 'none' },
      access: [{ resource: 'https://notes.example/mcp', scopes: ['notes:read'] }],
    } as const;
    const { stores } = await start({
      database: 'sqlite::memory:',
      realms: [{ ...MAIN, clients: [client] }],
      clock: () => 7_000,
    });
    expect(await stores.clients.find('main', 'acme')).toMatchObject({ issuedAt: 7_000 });
  });

  test('has an empty realm at the issuer until the database has one', async () => {
    const database = await openDatabase('sqlite::memory:');
    onTestFinished(() => database.close());
    let now = Date.now();
    const vestibule = await start({ database, issuer: 'https://id.example', clock: () => now });
    expect(await statusAt(vestibule, metadataUrl('https://id.example'))).toBe(200);
    expect(await statusAt(vestibule, 'https://id.example/connect/register')).not.toBe(200);
    await database.stores.realms.insert(realmAt('first', 'https://first.example'));
    now += 1_000;
    expect((await vestibule.realms()).map(({ id }) => id)).toEqual(['first']);
  });

  test.each([
    [
      'an unknown option',
      { databse: 'sqlite::memory:' },
      'createVestibule: unknown option "databse". Did you mean "database"?',
    ],
    [
      'an unknown source of key encryption',
      Object({ keyEncryption: { form: 'file', path: './keys' } }),
      'keyEncryption.from must be one of secrets, file, default.',
    ],
    ['a database that cannot be read', { database: './a.db' }, 'must look like sqlite:./vestibule.db'],
    [
      'a secret that is not one',
      { database: 'sqlite::memory:', keyEncryption: { from: 'secrets', secrets: ['short'] } as const },
      'keyEncryption.secrets must be 32 random bytes in base64url',
    ],
  ])('is refused with %s', async (_, options, words) => {
    await expect(createVestibule({ database: 'sqlite::memory:', ...options })).rejects.toThrow(words);
  });
});

describe('a realm that is made while the server runs', () => {
  const ISSUERS = ['https://id.example/realms/acme', 'https://acme.example', 'https://acme.example/deep/er'];

  test.each(ISSUERS)('at %s is served a second later on every node, without a restart', async (issuer) => {
    const file = `sqlite:${join(temporaryFolder(), 'a.db')}`;
    let now = Date.now();
    const clock = (): number => now;
    const nodes = [
      await start({ database: file, realms: [MAIN], clock }),
      await start({ database: file, clock }),
    ];
    const answers = (): Promise<readonly unknown[]> =>
      Promise.all(nodes.map((node) => issuerAt(node, issuer)));
    expect(await answers()).not.toContain(issuer);
    await nodes[0]?.stores.realms.insert(realmAt('acme', issuer));
    now += 1_000;
    expect(await answers()).toEqual([issuer, issuer]);
    expect(await nodes[1]?.realms()).toHaveLength(2);
  });

  test('has the routes beside it, and other ones when its APIs change', async () => {
    let now = Date.now();
    const vestibule = await start({
      database: 'sqlite::memory:',
      realms: [MAIN],
      clock: () => now,
      routesBeside: ({ apis, issuer }) =>
        apis.map(({ id }) => ({
          path: `${new URL(issuer).pathname}/api/${id}`.replace('//', '/'),
          endpoint: async () => new Response(id),
        })),
    });
    const { realms } = vestibule.stores;
    const acme = realmAt('acme', 'https://id.example/acme');
    await realms.insert(acme);
    now += 1_000;
    expect(await statusAt(vestibule, 'https://id.example/acme/api/mail')).toBeUndefined();
    const mail = {
      id: 'mail',
      name: 'Mail',
      resource: 'https://mail.example',
      scopes: [],
      openToDynamicClients: true,
    };
    await realms.replace({ ...acme, apis: [mail] }, 1);
    now += 1_000;
    expect(await statusAt(vestibule, 'https://id.example/acme/api/mail')).toBe(200);
    expect(await statusAt(vestibule, 'https://id.example/api/notes')).toBe(200);
  });
});

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
  const server = createServer(app).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
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
        const server = createServer(serve).listen(0, '127.0.0.1');
        onTestFinished(() => server.close().closeAllConnections());
        await once(server, 'listening');
        const address = server.address();
        const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
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

test('a gate that one node closes is seen by the next request at every node', async () => {
  const database = `sqlite:${join(temporaryFolder(), 'nodes.db')}`;
  const one = await start({ database, realms: [MAIN] });
  const other = await start({ database });
  const ask = async (etag?: string): Promise<readonly [number | undefined, string | null, string]> => {
    const headers = etag === undefined ? {} : { 'if-none-match': etag };
    const request = new Request(metadataUrl(MAIN.realm.issuer), { headers });
    const response = await other.handle(request, INFO);
    return [response?.status, response?.headers.get('etag') ?? null, (await response?.text()) ?? ''];
  };
  const [, etag, body] = await ask();
  expect(body).toContain('registration_endpoint');
  expect((await ask(etag ?? ''))[0]).toBe(304);
  const { version, ...realm } = (await one.stores.realms.find('main')) ?? expect.unreachable();
  const closed = { ...realm, settings: { ...realm.settings, registration: { open: false } } };
  expect(await one.stores.realms.replace(closed, version)).toBe('replaced');
  const [status, , now] = await ask(etag ?? '');
  expect([status, now]).toEqual([200, expect.not.stringContaining('registration_endpoint')]);
});
