import { type AttachedAgent, listenForCallback, startAttachment } from '@vestibule/example-agent';
import { createNotesHandler } from '@vestibule/example-notes/handler';
import { createVestibule } from '@vestibule/node';
import { createResourceServer } from '@vestibule/resource-server';
import { createMcpGate } from '@vestibule/resource-server/mcp';
import { OPEN_REALM } from '@vestibule/testing/open-seed';
import { freePort } from '@vestibule/testing/port';
import { newFolder } from '@vestibule/testing/folder';
import { providerTokens, signInUpstream } from '@vestibule/upstream';
import { decodeJwt } from 'jose';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { authorizeUrl, exchange, register, token } from './support/oauth.ts';
import { startOidcUpstream } from './support/oidc-upstream.ts';
import { chromiumOfFile } from './support/real-browser.ts';

const newPage = chromiumOfFile();

const SCOPES = ['notes:read', 'mcp:read', 'mcp:write', 'notes:admin'];

/**
 * node-oidc-provider issues the tokens of the notes to this server as its one client, and an MCP server verifies them with the keys of
 * the provider. Its metadata names this server, where agents register.
 */
async function setUp() {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const resource = new URL('/mcp', issuer).href;
  const upstream = await startOidcUpstream(
    issuer,
    {
      scopes: ['openid', 'offline_access', ...SCOPES],
      features: {
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: () => ({
            scope: SCOPES.join(' '),
            audience: resource,
            accessTokenFormat: 'jwt',
            accessTokenTTL: 300,
            jwt: { sign: { alg: 'RS256' } },
          }),
          useGrantedResource: () => true,
        },
        revocation: { enabled: true },
      },
    },
    [`${issuer}/connect/provider/return`],
  );
  const provider = { ...upstream, allowNetworks: ['127.0.0.0/8', '::1/128'] };
  const presented: string[] = [];
  const { apis, ...realm } = OPEN_REALM;
  const vestibule = await createVestibule({
    database: `sqlite:${join(newFolder(), 'test.db')}`,
    realms: [
      {
        ...realm,
        realm: { ...realm.realm, issuer },
        people: [],
        apis: apis.map((api) => Object.assign({}, api, { resource: new URL(api.resource, issuer).href })),
      },
    ],
    signIn: signInUpstream(provider),
    providerTokens: providerTokens({
      ...provider,
      parameters: { prompt: 'consent' },
      apis: {
        [resource]: {
          scopes: Object.fromEntries(SCOPES.map((scope) => [scope, scope])),
          audience: resource,
          requestedBy: 'resource',
        },
      },
    }),
    routesBeside: () => {
      const notes = createResourceServer({
        issuer: upstream.issuer,
        authorizationServer: issuer,
        jwksUri: `${upstream.issuer}/jwks`,
        resource,
        scopes: ['notes:read'],
      });
      const gate = createMcpGate(notes);
      const handler = createNotesHandler();
      return [
        {
          path: '/mcp',
          endpoint: async (request: Request) => {
            presented.push(request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '');
            const passed = await gate(request, ['notes:read']);
            return passed instanceof Response ? passed : handler.fetch(request, { authInfo: passed });
          },
        },
        { path: notes.metadataPath, endpoint: () => notes.metadata() },
      ];
    },
  });
  await vestibule.listen({ port });
  onTestFinished(() => vestibule.stop());
  const opened = await newPage();
  await opened.context.route('https://fonts.googleapis.com/**', (route) =>
    route.fulfill({ contentType: 'text/css', body: '' }),
  );
  return { issuer, resource, upstream, presented, vestibule, ...opened };
}

/** Signs in at the provider's own pages, and lets it pass on who the person is. */
async function signInThere(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('an agent attaches with the official client and calls a tool with a token of node-oidc-provider', async () => {
  const { issuer, resource, upstream, presented, page, complaints } = await setUp();
  const callback = await listenForCallback();
  onTestFinished(() => callback.close());
  const attachment = await startAttachment({
    server: new URL(resource),
    name: 'Agent',
    redirectUrl: callback.url,
  });
  expect(attachment.authorizationUrl.origin).toBe(issuer);
  await page.goto(attachment.authorizationUrl.href);
  await signInThere(page, 'ada');
  expect(new URL(page.url()).origin).toBe(issuer);
  expect(await page.textContent('main')).toContain('[unverified]');
  await page.getByRole('button', { name: 'Approve' }).click();
  // The page of this server leads there by itself, and the provider asks for its own consent.
  await page.waitForURL(`${upstream.issuer}/**`);
  await page.getByRole('button', { name: 'Continue' }).click();
  const agent: AttachedAgent = await attachment.finish(await callback.arrival);
  onTestFinished(() => agent.close());
  expect(agent.scopes).toEqual(['notes:read']);
  const { failed, text } = await agent.call('list_notes');
  expect([failed, text === '']).toEqual([false, false]);
  const claims = decodeJwt(presented.at(-1) ?? '');
  expect(claims).toMatchObject({
    iss: upstream.issuer,
    aud: resource,
    client_id: upstream.clientId,
    sub: 'ada',
  });
  expect(complaints).toEqual([]);
});

test('the agent refreshes with a token of this server, and closing a scope narrows the token of node-oidc-provider', async () => {
  const { issuer, resource, upstream, vestibule, page } = await setUp();
  const app = { issuer, notes: new URL(resource) };
  const callback = await listenForCallback();
  onTestFinished(() => callback.close());
  const { body: client } = await register(app, { client_name: 'Agent', redirect_uris: [callback.url] });
  const clientId = String(client.client_id);
  const scope = 'notes:read mcp:read';
  await page.goto(authorizeUrl(app, clientId, { redirect_uri: callback.url, scope }).href);
  await signInThere(page, 'ada');
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.waitForURL(`${upstream.issuer}/**`);
  await page.getByRole('button', { name: 'Continue' }).click();
  const arrived = new URL(`${callback.url}?${(await callback.arrival).toString()}`);
  const first = await exchange(app, clientId, callback.url, arrived);
  expect([first.status, first.body.scope]).toEqual([200, scope]);
  const refresh = (refreshToken: unknown) =>
    token(app, { grant_type: 'refresh_token', client_id: clientId, refresh_token: String(refreshToken) });
  const second = await refresh(first.body.refresh_token);
  expect([second.status, second.body.scope]).toEqual([200, scope]);
  expect(decodeJwt(second.body.access_token)).toMatchObject({ iss: upstream.issuer, aud: resource, scope });
  const { realms } = vestibule.stores;
  const stored = await realms.find('test');
  if (stored === undefined) throw new Error('The realm is missing.');
  const { version, ...realm } = stored;
  const scopes = realm.scopes.map((one) =>
    one.name === 'mcp:read' ? { ...one, openToDynamicClients: false } : one,
  );
  await realms.replace({ ...realm, scopes }, version);
  const third = await refresh(second.body.refresh_token);
  expect([third.status, third.body.scope]).toEqual([200, 'notes:read']);
  expect(decodeJwt(third.body.access_token)).toMatchObject({ scope: 'notes:read' });
});
