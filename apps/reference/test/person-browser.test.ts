import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listeningUntilEnd } from '@vestibule/testing/listening';
import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { startApp } from './support/app.ts';
import { authorizeUrl, exchange, register, token } from './support/oauth.ts';
import { chromiumOfFile, signIn, violationsOf } from './support/real-browser.ts';

const newPage = chromiumOfFile();

/** An agent's website on this computer, which records what is posted to it. */
async function startAgent() {
  const posted: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    void receive(request, response);
  });
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    if (request.method === 'POST') posted.push(new URLSearchParams(body));
    response.setHeader('content-type', 'text/html').end('<title>agent</title>');
  }
  return { posted, redirectUri: `${await listeningUntilEnd(server)}/callback` };
}

/** An app, an agent, and a browser. */
async function setUp(options: BrowserContextOptions = {}) {
  const app = await startApp();
  const { posted, redirectUri } = await startAgent();
  const { body } = await register(app, { client_name: 'Gardening agent', redirect_uris: [redirectUri] });
  const clientId = String(body.client_id);
  const { page, complaints } = await newPage(options);
  const start = (parameters: Record<string, string> = {}): string =>
    authorizeUrl(app, clientId, { redirect_uri: redirectUri, ...parameters }).href;

  /** Makes Ada approve, and the agent exchange its code. */
  async function attach() {
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.waitForURL((url) => url.href.startsWith(redirectUri));
    return (await exchange(app, clientId, redirectUri, new URL(page.url()))).body;
  }
  return { app, posted, redirectUri, clientId, page, complaints, start, attach };
}

describe.each([
  ['with scripts', {}],
  ['without scripts', { javaScriptEnabled: false }],
])('%s', (_, options) => {
  test('an answer that is to be posted arrives as a form, and nothing of it in an address', async () => {
    const { app, page, start, posted, redirectUri, clientId, complaints } = await setUp(options);
    await page.goto(start({ response_mode: 'form_post' }));
    await signIn(page);
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('button', { name: 'Continue to 127.0.0.1' }).click();
    await page.waitForURL(redirectUri);
    expect(posted).toHaveLength(1);
    const [answer] = posted;
    expect(Object.fromEntries(answer ?? [])).toEqual({
      code: expect.stringMatching(/^[\w-]{43}$/),
      state: 'st',
      iss: app.issuer,
    });
    const arrived = new URL(`${redirectUri}?${answer?.toString()}`);
    expect((await exchange(app, clientId, redirectUri, arrived)).status).toBe(200);
    expect(complaints).toEqual([]);
  });

  test('a person allows a part of it for an hour, sees that, ends it, and signs out', async () => {
    const { app, page, start, attach, clientId } = await setUp(options);
    await page.goto(start({ scope: 'mcp:read mcp:write' }));
    await signIn(page);
    await page.getByLabel('Write').uncheck();
    await page.getByLabel('For how long').selectOption('For 1 hour');
    const tokens = await attach();
    expect(tokens).toMatchObject({ scope: 'mcp:read' });

    await page.goto(`${app.issuer}/connect/apps`);
    await signIn(page);
    expect(await page.getByRole('heading', { level: 2 }).innerText()).toBe('“Gardening agent” [unverified]');
    expect(await page.getByRole('listitem').innerText()).toMatch(
      /^Read mcp:read\s+until \w+ \d+, \d+ at .* UTC$/,
    );
    await page.getByRole('button', { name: 'End this access' }).click();
    await page.getByText('No app may act for you at ').waitFor();
    const refresh = { grant_type: 'refresh_token', client_id: clientId, refresh_token: tokens.refresh_token };
    expect((await token(app, refresh)).body).toMatchObject({ error: 'invalid_grant' });

    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await page.goto(`${app.issuer}/connect/apps`);
    await signIn(page);
    await page.getByRole('heading', { name: 'Connected apps' }).waitFor();
  });
});

test('nothing ticked is nothing decided', async () => {
  const { page, start, attach } = await setUp();
  await page.goto(start({ scope: 'mcp:read mcp:write' }));
  await signIn(page);
  for (const box of await page.getByRole('checkbox').all()) await box.uncheck();
  await page.getByRole('button', { name: 'Approve' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('nothing was decided');
  await page.getByLabel('Write').check();
  expect(await attach()).toMatchObject({ scope: 'mcp:write' });
});

test('the page that posts an answer can post it nowhere else', async () => {
  const { page, start, posted, complaints } = await setUp();
  await page.goto(start({ response_mode: 'form_post' }));
  await signIn(page);
  await page.getByRole('button', { name: 'Approve' }).click();
  const button = page.getByRole('button', { name: 'Continue to 127.0.0.1' });
  await button.hover();
  await page.locator('form').evaluate((form: HTMLFormElement) => {
    form.action = form.action.replace('/callback', '/elsewhere');
  });
  await button.click({ noWaitAfter: true });
  await expect.poll(() => complaints.join()).toContain('form-action');
  expect(posted).toEqual([]);
});

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  test('none of these pages has a fault that a machine can find for people with disabilities', async () => {
    const { app, page, start, attach } = await setUp({ colorScheme });
    const faults: string[] = [];
    const examine = async (): Promise<void> => {
      faults.push(...(await violationsOf(page)).map((fault) => `${page.url()}: ${fault}`));
    };
    await page.goto(`${app.issuer}/connect/apps`);
    await examine();
    await page.goto(start({ scope: 'mcp:read', login_hint: 'ada' }));
    await signIn(page);
    await page.getByRole('checkbox').uncheck();
    await page.getByRole('button', { name: 'Approve' }).click();
    await examine();
    await page.getByRole('checkbox').check();
    await attach();
    await page.goto(start({ response_mode: 'form_post' }));
    await signIn(page);
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    await examine();
    await page.getByRole('button', { name: 'Approve' }).click();
    await examine();
    for (const prompt of ['login', 'select_account']) {
      await page.goto(start({ prompt }));
      await examine();
    }
    await page.goto(`${app.issuer}/connect/apps`);
    await signIn(page);
    await page.getByRole('heading', { name: 'Connected apps' }).waitFor();
    await examine();
    await page.getByRole('link', { name: 'Sign out' }).click();
    await examine();
    await page.goto(`${app.issuer}/connect/sign-out`);
    await examine();
    expect(faults).toEqual([]);
  });
});
