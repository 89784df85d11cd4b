import { freePort } from '@vestibule/testing/port';
import type { UpstreamConfig } from '@vestibule/node/environment';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openApp, OPEN_SEED } from './support/app.ts';
import { startLocalAgent } from './support/local-agent.ts';
import { startOidcUpstream } from './support/oidc-upstream.ts';
import { chromiumOfFile, violationsOf } from './support/real-browser.ts';

const newPage = chromiumOfFile();

/** The app with node-oidc-provider as its provider, an agent that has registered, and a new browser. */
async function setUp(more: Partial<UpstreamConfig> = {}) {
  const port = await freePort();
  const upstream = await startOidcUpstream(`http://localhost:${port}`);
  const app = await openApp({ ...OPEN_SEED, people: [] }, { port, upstream: { ...upstream, ...more } });
  onTestFinished(() => app.stop());
  const opened = await newPage();
  // The pages of the provider load a font.
  await opened.context.route('https://fonts.googleapis.com/**', (route) =>
    route.fulfill({ contentType: 'text/css', body: '' }),
  );
  return { app, upstream, ...opened, ...(await startLocalAgent(app)) };
}

/** Signs in at the provider's own pages, and lets it pass on name and email address. */
async function signInThere(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

describe('in a real browser, with node-oidc-provider as the provider', () => {
  test('a person signs in there, consents here, and the agent gets a token', async () => {
    const { app, upstream, page, start, exchangeArrived, complaints } = await setUp();
    const metadata = await (await fetch(`${upstream.issuer}/.well-known/openid-configuration`)).json();
    expect(metadata).not.toHaveProperty('registration_endpoint');
    await page.goto(start);
    expect(new URL(page.url()).origin).toBe(upstream.issuer);
    await signInThere(page, 'ada');
    expect(new URL(page.url()).origin).toBe(app.issuer);
    expect(await page.textContent('main')).toContain('Ada Lovelace');
    await page.getByRole('button', { name: 'Approve' }).click();
    const { status, body } = await exchangeArrived();
    expect(status).toBe(200);
    const response = await fetch(app.notes, {
      method: 'POST',
      headers: { authorization: `Bearer ${body.access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
    });
    expect(response.status).not.toBe(401);
    expect(complaints).toEqual([]);
  });

  test('a person who is signed in there is asked for consent at once', async () => {
    const { page, start } = await setUp();
    await page.goto(start);
    await signInThere(page, 'ada');
    await page.goto(start);
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(1);
  });

  test('a person who cancels there gets a page from which they can try again', async () => {
    const { page, start, upstream } = await setUp();
    await page.goto(start);
    await page.getByRole('link', { name: 'Cancel' }).click();
    expect(await page.textContent('h1')).toBe('You are not signed in');
    await page.getByRole('link', { name: 'Try again' }).click();
    expect(new URL(page.url()).origin).toBe(upstream.issuer);
  });

  test('a person without a required group is refused', async () => {
    const { page, start } = await setUp({ requiredClaims: { groups: ['agents'] } });
    await page.goto(start);
    await signInThere(page, 'grace');
    expect(await page.textContent('h1')).toBe('You cannot sign in here');
  });

  describe('a person in no group that the API allows', () => {
    /** The page that Grace reads. */
    async function refused() {
      // Its prompt for another account is one that node-oidc-provider has.
      const world = await setUp({ preset: 'ory', groups: { claim: 'groups' } });
      await world.app.change((realm) => ({
        ...realm,
        apis: realm.apis.map((api) => Object.assign({}, api, { allowedGroups: ['agents'] })),
      }));
      await world.page.goto(world.start);
      await signInThere(world.page, 'grace');
      return world;
    }

    test('reads why on an accessible page, and goes back to the app, which gets access_denied', async () => {
      const { page, callback } = await refused();
      expect(await page.textContent('h1')).toBe('Your account cannot connect apps to Notes');
      expect(await page.textContent('main')).toContain('You are signed in as Grace Hopper.');
      for (const [width, colorScheme] of [
        [320, 'light'],
        [1_280, 'dark'],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        expect(await violationsOf(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
      await page.getByRole('button', { name: 'Go back to the app' }).click();
      expect(Object.fromEntries(await callback.arrival)).toMatchObject({ error: 'access_denied' });
    });

    test('uses another account, which may', async () => {
      const { page, exchangeArrived, complaints } = await refused();
      await page.getByRole('link', { name: 'Use another account' }).click();
      await signInThere(page, 'ada');
      expect(await page.textContent('main')).toContain('Ada Lovelace');
      await page.getByRole('button', { name: 'Approve' }).click();
      expect((await exchangeArrived()).status).toBe(200);
      // Chromium reports the status of the page.
      expect(complaints.filter((one) => !one.includes('403'))).toEqual([]);
    });
  });

  test('a person signs out here, and then there, and has to sign in again', async () => {
    const { app, page, upstream } = await setUp({ name: 'Acme SSO' });
    await page.goto(`${app.issuer}/connect/apps`);
    await signInThere(page, 'ada');
    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign out at Acme SSO' }).click();
    expect(new URL(page.url()).origin).toBe(upstream.issuer);
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    expect(page.url()).toContain(`${app.issuer}/connect/sign-out`);
    await page.goto(`${app.issuer}/connect/apps`);
    await page.getByPlaceholder('Enter any login').waitFor();
  });
});
