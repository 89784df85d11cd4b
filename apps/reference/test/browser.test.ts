import { openPage } from '@vestibule/testing/chromium';
import { freePort } from '@vestibule/testing/port';
import { createServer } from 'node:http';
import type { BrowserContextOptions } from 'playwright-core';
import { cite } from '@vestibule/requirements';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ADA, startApp } from './support/app.ts';
import { startLocalAgent } from './support/local-agent.ts';
import { authorizeUrl, register } from './support/oauth.ts';
import { chromiumOfFile, signIn, violationsOf } from './support/real-browser.ts';

const newPage = chromiumOfFile();

/** An app, an agent that listens on this computer, and a new browser. */
async function setUp(options: BrowserContextOptions = {}) {
  const app = await startApp();
  const agent = await startLocalAgent(app, 'Claude Code (notes)');
  return { app, ...agent, ...(await newPage(options)) };
}

/** What a person who tabs through the page meets: a field with its value, or text. */
const nameOf = (element: Element): string =>
  element instanceof HTMLInputElement || element instanceof HTMLSelectElement
    ? `${element.name} ${element.value}`
    : (element.textContent ?? '');

describe.each([
  ['with scripts', {}],
  ['without scripts', { javaScriptEnabled: false }],
])('%s', (_, options) => {
  test(
    cite(
      'a person signs in, sees who asks for what, approves, and arrives',
      'vestibule:rules:unverified',
      'rfc7591:5:self-asserted',
      'rfc7591:2:client-name',
      'mcp:localhost-redirect-uri-risks:host',
      'mcp:localhost-redirect-uri-risks:warning',
    ),
    async () => {
      const { callback, exchangeArrived, start, page, complaints } = await setUp(options);
      await page.goto(start);
      await signIn(page);

      const main = page.getByRole('main');
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(
        '“Claude Code (notes)” [unverified] asks to use Notes',
      );
      expect(await main.innerText()).toContain('This app says it is from Anthropic. Nobody has checked that');
      expect(await main.locator('.destination').innerText()).toBe('127.0.0.1');
      expect(await main.innerText()).toContain('an app on this computer');
      expect(await main.innerText()).toContain('Ada Lovelace');
      expect(await page.getByRole('listitem').allInnerTexts()).toEqual(['Read your notes notes:read']);

      await page.getByRole('button', { name: 'Approve' }).click();
      await page.waitForURL((url) => url.href.startsWith(callback.url));
      expect((await exchangeArrived()).status).toBe(200);
      expect(complaints).toEqual([]);
    },
  );

  test('the agent is informed of a denial', async () => {
    const { app, callback, start, page, complaints } = await setUp(options);
    await page.goto(start);
    await signIn(page);
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.waitForURL((url) => url.href.startsWith(callback.url));
    expect(Object.fromEntries(await callback.arrival)).toMatchObject({
      error: 'access_denied',
      state: 'st',
      iss: app.issuer,
    });
    expect(complaints).toEqual([]);
  });
});

test('everything can be done by keyboard alone', async () => {
  const { callback, exchangeArrived, start, page } = await setUp();
  await page.goto(start);
  await page.locator('#username:focus').waitFor();
  await page.keyboard.type(ADA.username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(ADA.password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Approve' }).waitFor();

  const visited: string[] = [];
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press('Tab');
    visited.push(await page.locator(':focus').evaluate(nameOf));
    expect(await page.locator(':focus').evaluate((element) => getComputedStyle(element).outlineStyle)).toBe(
      'solid',
    );
  }
  expect(visited).toEqual([
    'Sign in as someone else',
    'scope notes:read',
    'lasting until-revoked',
    'Deny',
    'Approve',
    'Connected apps',
  ]);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href.startsWith(callback.url));
  expect((await exchangeArrived()).status).toBe(200);
});

test(
  cite('the same link in a second browser is refused, and still works in the first', 'rfc9700:4.7.1:consent'),
  async () => {
    const { callback, start, page } = await setUp();
    await page.goto(start);
    const other = await newPage();
    for (const link of [
      page.url(),
      page.url().replace('sign-in', 'consent'),
      page.url().replace('sign-in', 'hand-back'),
    ]) {
      const response = await other.page.goto(link);
      expect(response?.status()).toBe(403);
      expect(await other.page.getByRole('heading').innerText()).toBe('This page belongs to another browser');
    }
    await signIn(page);
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.waitForURL((url) => url.href.startsWith(callback.url));
  },
);

test('two tabs work side by side', async () => {
  const { callback, start, page, context } = await setUp();
  const { page: second } = await openPage(context);
  await Promise.all([page.goto(start), second.goto(start.replace('state=st', 'state=two'))]);
  await signIn(second);
  await signIn(page);
  await page.getByRole('button', { name: 'Deny' }).click();
  await page.waitForURL((url) => url.href.startsWith(callback.url) && url.searchParams.get('state') === 'st');
  await second.getByRole('button', { name: 'Approve' }).click();
  await second.waitForURL(
    (url) => url.href.startsWith(callback.url) && url.searchParams.get('state') === 'two',
  );
  expect(new URL(second.url()).searchParams.has('code')).toBe(true);
});

test('a double click works', async () => {
  const { callback, exchangeArrived, start, page } = await setUp();
  await page.goto(start);
  await signIn(page);
  await page.getByRole('button', { name: 'Approve' }).dblclick();
  await page.waitForURL((url) => url.href.startsWith(callback.url));
  expect((await exchangeArrived()).status).toBe(200);
});

test('a wrong password says so, keeps the name, and lets the person try again', async () => {
  const { start, page } = await setUp();
  await page.goto(start);
  await page.getByLabel('Username').fill('ada');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('don’t match');
  expect(await page.getByLabel('Username').inputValue()).toBe('ada');
  await page.locator('#password:focus').waitFor();
  await page.keyboard.type(ADA.password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Approve' }).waitFor();
});

describe('what is too long for a redirect leads on by itself, without scripts', () => {
  const state = 's'.repeat(4_096);

  test('a request that a page of another site posts', async () => {
    const { app, callback, start, page, complaints } = await setUp({ javaScriptEnabled: false });
    const fields = [...new URL(start).searchParams, ['state', state]].filter(
      ([name, value]) => name !== 'state' || value === state,
    );
    const inputs = fields.map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
    const html = `<form method="post" action="${app.issuer}/connect/authorize">${inputs.join('')}<button>Go</button></form>`;
    await page.route('http://site.example/', (route) =>
      route.fulfill({ body: html, contentType: 'text/html' }),
    );
    await page.goto('http://site.example/');
    await page.getByRole('button', { name: 'Go' }).click();
    await signIn(page);
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.waitForURL((url) => url.href.startsWith(callback.url));
    expect((await callback.arrival).get('state')).toBe(state);
    expect(complaints).toEqual([]);
  });

  test('an error to an agent on this computer', async () => {
    const { callback, start, page } = await setUp({ javaScriptEnabled: false });
    const url = new URL(start);
    url.searchParams.set('response_type', 'token');
    url.searchParams.set('state', state);
    await page.goto(url.href);
    await page.waitForURL(({ href }) => href.startsWith(callback.url));
    expect(Object.fromEntries(await callback.arrival)).toMatchObject({
      error: 'unsupported_response_type',
      state,
    });
  });
});

test('going back after the decision decides nothing anew', async () => {
  const { callback, start, page } = await setUp();
  await page.goto(start);
  await signIn(page);
  await page.getByRole('button', { name: 'Deny' }).click();
  await page.waitForURL((url) => url.href.startsWith(callback.url));
  await page.goBack();
  await page.waitForURL((url) => url.href.startsWith(callback.url));
  expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied');
});

test(
  cite('an app with a scheme of its own gets a page that leads on by hand', 'oauth2.1:8.4.3:scheme'),
  async () => {
    const { app, page } = await setUp();
    const redirectUri = 'cursor://anysphere.cursor-mcp/oauth/callback';
    const { body } = await register(app, { redirect_uris: [redirectUri] });
    await page.goto(authorizeUrl(app, body.client_id, { redirect_uri: redirectUri }).href);
    await signIn(page);
    expect(await page.getByRole('main').innerText()).toContain('cursor:');
    await page.getByRole('button', { name: 'Approve' }).click();
    const link = page.getByRole('link', { name: 'Continue to cursor://anysphere.cursor-mcp' });
    const href = await link.getAttribute('href');
    expect(href).toMatch(/^cursor:\/\/anysphere\.cursor-mcp\/oauth\/callback\?code=[\w-]{43}&state=st&iss=/);
  },
);

/** A page in which an agent runs, on its own port: another origin than the app's. */
async function serveAgentPage(html: (path: string) => string): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html').end(html(request.url ?? '/'));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://localhost:${port}`;
}

describe('an agent that runs in a page of another origin', () => {
  test(
    cite(
      'finds, registers, and reads the errors of the token endpoint and of Notes',
      'vestibule:mode:pages',
      'rfc9728:5.1:pages',
      'rfc9700:2.6:cors',
    ),
    async () => {
      const { app, page, complaints } = await setUp();
      const origin = await serveAgentPage(() => '<title>agent</title>');
      await page.goto(origin);
      const seen = await page.evaluate(
        async ({ notes, redirectUri }) => {
          const headers = { 'mcp-protocol-version': '2026-07-28', accept: 'application/json' };
          const challenge = await fetch(notes, {
            method: 'POST',
            headers: { ...headers, 'content-type': 'application/json' },
            body: '{}',
          });
          const pointer = challenge.headers.get('www-authenticate') ?? '';
          const resource = await (
            await fetch(/resource_metadata="([^"]+)"/.exec(pointer)?.[1] ?? '', { headers })
          ).json();
          const metadata = await (
            await fetch(`${resource.authorization_servers[0]}/.well-known/oauth-authorization-server`, {
              headers,
            })
          ).json();
          const registration = await fetch(metadata.registration_endpoint, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'mcp-protocol-version': '2026-07-28' },
            body: JSON.stringify({ redirect_uris: [redirectUri] }),
          });
          const body = new URLSearchParams({ client_id: 'x' });
          const refusal = await fetch(metadata.token_endpoint, { method: 'POST', body });
          return {
            status: registration.status,
            client: await registration.json(),
            refusal: await refusal.json(),
          };
        },
        { notes: app.notes.href, redirectUri: `${origin}/oauth/callback` },
      );
      expect(seen).toMatchObject({
        status: 201,
        client: { token_endpoint_auth_method: 'none', scope: 'notes:read mcp:read mcp:write' },
        refusal: { error: 'invalid_client' },
      });
      expect(complaints.filter((text) => text.includes('CORS'))).toEqual([]);
    },
  );

  test('opens the sign-in as a pop-up, and the pop-up can still talk to its opener afterwards', async () => {
    const { app, page } = await setUp();
    const listen = `addEventListener('message', ({ data }) => { document.title = data })`;
    const report = `opener.postMessage(location.search, location.origin)`;
    const origin = await serveAgentPage(
      (path) => `<script>${path.startsWith('/oauth/callback') ? report : listen}</script>`,
    );
    const { body } = await register(app, { redirect_uris: [`${origin}/oauth/callback`] });
    const url = authorizeUrl(app, body.client_id, { redirect_uri: `${origin}/oauth/callback` });
    await page.goto(origin);
    const opened = page.waitForEvent('popup');
    await page.evaluate((href) => void window.open(href), url.href);
    const popup = await opened;
    await signIn(popup);
    await popup.getByRole('button', { name: 'Approve' }).click();
    await page.waitForFunction(() => document.title !== '');
    expect(await page.title()).toMatch(/^\?code=[\w-]{43}&state=st&iss=/);
  });
});

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  test('no page has a fault that a machine can find for people with disabilities', async () => {
    const { start, page, app } = await setUp({ colorScheme });
    const faults: string[] = [];
    const examine = async (): Promise<void> => {
      faults.push(...(await violationsOf(page)).map((fault) => `${page.url()}: ${fault}`));
    };
    await page.goto(start);
    await examine();
    await page.getByLabel('Username').fill('ada');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await examine();
    await signIn(page);
    await examine();
    await page.goto(`${app.issuer}/connect/authorize?client_id=nobody`);
    await examine();
    expect(faults).toEqual([]);
  });
});
