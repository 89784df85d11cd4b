import { walkThrough } from '@vestibule/example-agent';
import { temporaryFolder } from '@vestibule/testing/folder';
import { ACTOR } from '@vestibule/testing/operator';
import { freePort } from '@vestibule/testing/port';
import { writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { createOperator } from '@vestibule/core/operator';
import { randomToken, sha256 } from '@vestibule/http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../src/logger.ts';
import { run } from '../src/run.ts';
import { ADA, OPEN_SEED, type SeedFile } from './support/app.ts';
import { newBrowser } from '@vestibule/testing/browser';
import { CHALLENGE, VERIFIER } from './support/oauth.ts';

const CALLBACK = 'http://localhost:8090/callback';

/** An app with several realms, each from its own seed. */
async function startRealms(issuer: (port: number) => string, seeds: readonly SeedFile[]) {
  const folder = temporaryFolder();
  const port = await freePort();
  const files = seeds.map((_, index) => join(folder, `${index}.json`));
  for (const [index, file] of files.entries()) await writeFile(file, JSON.stringify(seeds[index]));
  const app = await run(
    {
      port,
      host: '127.0.0.1',
      issuer: issuer(port),
      database: { kind: 'sqlite', path: join(folder, 'test.db') },
      databaseConnections: 1,
      seeds: files,
      keyEncryption: { from: 'default' },
      logLevel: 'silent',
      trustProxy: false,
    },
    createLogger('silent'),
  );
  onTestFinished(() => app.stop());
  return { ...app, port };
}

const realmAt = (id: string, issuer: string, notes: string): SeedFile => ({
  ...OPEN_SEED,
  // The demo's password works only on this computer.
  ...(issuer.startsWith('https:') && { people: [] }),
  realm: {
    ...OPEN_SEED.realm,
    id,
    issuer,
    settings: {
      ...OPEN_SEED.realm.settings,
      registration: { ...OPEN_SEED.realm.settings?.registration, management: { enabled: true } },
    },
  },
  apis:
    OPEN_SEED.apis?.map((api, index) => (index === 0 ? Object.assign({}, api, { resource: notes }) : api)) ??
    [],
});

/** Two realms on one host, each with a connected agent. */
async function twoAttached() {
  const app = await startRealms(
    (port) => `http://127.0.0.1:${port}/realms/acme`,
    [realmAt('acme', '/realms/acme', '/acme/mcp'), realmAt('zylo', '/realms/zylo', '/zylo/mcp')],
  );
  const origin = `http://127.0.0.1:${app.port}`;
  const operator = createOperator({
    ...app.stores,
    clock: Date.now,
    generateToken: randomToken,
    hash: sha256,
  });
  const attach = async (realm: string) => {
    const issuer = `${origin}/realms/${realm}`;
    const resource = `${origin}/${realm}/mcp`;
    const registered = await post(`${issuer}/connect/register`, { redirect_uris: [CALLBACK] });
    const clientId: string = registered.body.client_id;
    const code = async () => {
      const url = authorizeUrl(issuer, clientId, resource);
      return (await walkThrough(url, { ...ADA, decision: 'approve' })).searchParams.get('code') ?? '';
    };
    const exchanged = await token(issuer, exchangeOf(clientId, await code(), resource));
    const secret = await operator.apis.issueSecret(ACTOR, realm, 'notes');
    if (secret.outcome !== 'issued') throw new Error(secret.outcome);
    return {
      issuer,
      resource,
      clientId,
      code,
      tokens: exchanged.body,
      management: registered.body,
      secret: secret.secret,
    };
  };
  return { acme: await attach('acme'), zylo: await attach('zylo') };
}

type Attached = Awaited<ReturnType<typeof twoAttached>>['acme'];

async function post(url: string, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

async function token(issuer: string, fields: Record<string, string>) {
  const response = await fetch(`${issuer}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  return { status: response.status, body: await response.json() };
}

const exchangeOf = (clientId: string, code: string, resource: string) => ({
  grant_type: 'authorization_code',
  client_id: clientId,
  code,
  redirect_uri: CALLBACK,
  code_verifier: VERIFIER,
  resource,
});

function authorizeUrl(issuer: string, clientId: string, resource: string): URL {
  const url = new URL(`${issuer}/connect/authorize`);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: CALLBACK,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    resource,
  }).toString();
  return url;
}

const callNotes = async (resource: string, accessToken: string): Promise<number> => {
  const response = await fetch(resource, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${accessToken}`,
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  await response.text();
  return response.status;
};

const introspect = async (issuer: string, secret: string, accessToken: string) => {
  const response = await fetch(`${issuer}/connect/introspect`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`notes:${secret}`)}` },
    body: new URLSearchParams({ token: accessToken }),
  });
  return { status: response.status, body: await response.json() };
};

const manage = async (uri: string, { management }: Attached): Promise<number> => {
  const headers = { authorization: `Bearer ${management.registration_access_token}` };
  return (await fetch(uri, { headers })).status;
};

describe('of two realms in one process', () => {
  test('each has metadata, keys and issuer of its own', async () => {
    const { acme, zylo } = await twoAttached();
    for (const { issuer } of [acme, zylo]) {
      const path = new URL(issuer).pathname;
      const at = new URL(`/.well-known/oauth-authorization-server${path}`, issuer);
      const metadata = await (await fetch(at)).json();
      expect(metadata).toMatchObject({ issuer, token_endpoint: `${issuer}/connect/token` });
    }
    const kids = await Promise.all(
      [acme, zylo].map(async ({ issuer }) => {
        const { keys } = await (await fetch(`${issuer}/connect/jwks`)).json();
        return keys.map(({ kid }: { kid: string }) => kid);
      }),
    );
    expect(kids[0]).toHaveLength(1);
    expect(kids[0]).not.toEqual(kids[1]);
  });

  test('what is valid in one is valid there, and nothing of it works in the other', async () => {
    const { acme, zylo } = await twoAttached();
    const { access_token: access, refresh_token: refresh } = acme.tokens;
    const refreshAt = (issuer: string, clientId: string) =>
      token(issuer, { grant_type: 'refresh_token', client_id: clientId, refresh_token: refresh });

    // A client.
    const stranger = await fetch(authorizeUrl(zylo.issuer, acme.clientId, zylo.resource));
    expect([stranger.status, await stranger.text()]).toEqual([400, expect.stringContaining('not known')]);
    expect(await refreshAt(zylo.issuer, acme.clientId)).toMatchObject({ body: { error: 'invalid_client' } });
    // A code, also with a client of the other realm.
    const code = await acme.code();
    for (const clientId of [acme.clientId, zylo.clientId]) {
      const answer = await token(zylo.issuer, exchangeOf(clientId, code, zylo.resource));
      expect([400, 401]).toContain(answer.status);
    }
    expect((await token(acme.issuer, exchangeOf(acme.clientId, code, acme.resource))).status).toBe(200);
    // A refresh token.
    expect(await refreshAt(zylo.issuer, zylo.clientId)).toMatchObject({ body: { error: 'invalid_grant' } });
    expect((await refreshAt(acme.issuer, acme.clientId)).status).toBe(200);
    // An access token.
    expect(await callNotes(acme.resource, access)).toBe(200);
    expect(await callNotes(zylo.resource, access)).toBe(401);
    // An introspection request, with each secret.
    expect((await introspect(acme.issuer, acme.secret, access)).body.active).toBe(true);
    expect((await introspect(zylo.issuer, zylo.secret, access)).body).toEqual({ active: false });
    expect((await introspect(zylo.issuer, acme.secret, access)).status).toBe(401);
    // A registration access token.
    expect(await manage(acme.management.registration_client_uri, acme)).toBe(200);
    expect(await manage(`${zylo.issuer}/connect/register/${acme.clientId}`, acme)).toBe(401);
    expect(await manage(`${zylo.issuer}/connect/register/${zylo.clientId}`, acme)).toBe(401);
  });

  test('a browser that is signed in in the one is not in the other, and no page of the one opens there', async () => {
    const { acme, zylo } = await twoAttached();
    const browser = newBrowser();
    const consent = await browser.signIn(
      await browser.open(authorizeUrl(acme.issuer, acme.clientId, acme.resource)),
    );
    expect(consent.url.pathname).toMatch(/^\/realms\/acme\/connect\/at\/[\w-]{43}\/consent$/);

    // The same interaction with the same cookies, at the other realm.
    const elsewhere = consent.url.href.replace('/realms/acme/', '/realms/zylo/');
    for (const cookie of await browser.jar.getCookies(consent.url.href)) {
      await browser.jar.setCookie(
        `${cookie.key}=${cookie.value}; Path=${cookie.path?.replace('/acme/', '/zylo/')}`,
        elsewhere,
      );
    }
    expect((await browser.open(elsewhere)).status).toBe(410);
    const other = await browser.open(authorizeUrl(zylo.issuer, zylo.clientId, zylo.resource));
    expect(other.url.pathname).toMatch(/^\/realms\/zylo\/connect\/at\/[\w-]{43}\/sign-in$/);
  });
});

describe('realms at hosts of their own', () => {
  /** Sends a request to 127.0.0.1 with another `Host`, as a proxy does. */
  async function ask(port: number, host: string, path: string, more: Record<string, string> = {}) {
    const asked = request({ host: '127.0.0.1', port, path, headers: { host, ...more }, agent: false });
    asked.end();
    const [response] = await once(asked, 'response');
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return { status: response.statusCode, text };
  }

  const METADATA = '/.well-known/oauth-authorization-server';
  const start = () =>
    startRealms(
      () => 'https://acme.example',
      [realmAt('acme', 'https://acme.example', '/mcp'), realmAt('zylo', 'https://zylo.example', '/mcp')],
    );

  test('are distinguished by the host only, and name only themselves', async () => {
    const { port } = await start();
    for (const host of ['acme.example', 'zylo.example']) {
      const { text } = await ask(port, host, METADATA, { 'x-forwarded-host': 'evil.example' });
      expect(JSON.parse(text)).toMatchObject({ issuer: `https://${host}` });
      expect(text.replaceAll(`https://${host}`, '')).not.toContain('.example');
    }
    expect((await ask(port, 'evil.example', METADATA)).status).toBe(404);
  });

  test('are as alive as their process, whatever the host', async () => {
    const { port } = await start();
    expect((await ask(port, 'anything', '/healthz')).status).toBe(200);
  });

  test('do not know clients of each other', async () => {
    const { port, stores } = await start();
    await stores.clients.insert({
      kind: 'dynamic',
      realm: 'acme',
      id: 'dyn-acme',
      version: 1,
      name: 'Acme agent',
      redirectUris: [CALLBACK],
      grantTypes: ['authorization_code'],
      applicationType: 'native',
      issuedAt: Date.now(),
      registration: {},
    });
    const { pathname, search } = authorizeUrl('https://acme.example', 'dyn-acme', 'https://acme.example/mcp');
    expect((await ask(port, 'acme.example', `${pathname}${search}`)).status).toBe(303);
    expect((await ask(port, 'zylo.example', `${pathname}${search}`)).status).toBe(400);
  });
});
