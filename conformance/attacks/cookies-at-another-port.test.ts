/**
 * Cookies at another port: browsers send the cookies of a host to every port of it, and with a loopback issuer the client is
 * a program on another port, to which the browser is finally sent. It reads cookies, guesses paths, and plants its own
 * cookies.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6265#section-8.5 RFC 6265 §8.5}
 * @see {@link https://www.rfc-editor.org/rfc/rfc6265#section-8.6 RFC 6265 §8.6}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-8.6 RFC 8252 §8.6}
 *
 * Taken out: packages/server/src/web/cookie.ts: ``${placesPath(issuer)}/${place.id}`` → `'/connect'`
 * Then fails: sends no cookie and no path to a program on another port
 * Taken out: packages/consent-ui/src/headers.ts: `'referrer-policy': 'no-referrer',` → `'referrer-policy': 'unsafe-url',`
 * Then fails: sends no cookie and no path to a program on another port
 * Taken out: packages/server/src/interaction/move-interaction.ts: `if (!hasOwnPaths(issuer)) {` → `if (interaction.id !== '') {`
 * Then fails: gives no session to a program that began the interaction itself
 * Taken out: packages/server/src/person/current-session.ts: `place.kind === 'host' ? value : `${place.id}.${value}`` → `value`
 * Then fails: does not sign a person in by a planted session
 * Taken out: packages/server/src/web/planted-cookies.ts: `if (new Set(names).size < names.length) return true;` → ``
 * Taken out: packages/server/src/web/planted-cookies.ts: `names.length > 0;` → `names.length > 99;`
 * Then fails: reports and records a planted cookie
 * Taken out: packages/server/src/sign-in/sign-in-for-visit.ts: `const onward = placeAt(issuer, generateToken());` → `const onward = place;`
 * Then fails: gives no session to a program that began the visit to Connected apps itself
 * Taken out: packages/server/src/sign-in/sign-in-for-visit.ts: `place.kind === 'host' ? [cookie.set(secret, transaction)] : []` → `[cookie.set(secret, transaction)]`
 * Taken out: packages/server/src/endpoints/connected-apps-sign-in.ts: `get(visitCookie(context, place).name)` → `get(visitCookie(context, place).name) ?? generateToken()`
 * Then fails: sends no cookie and no path to a program on another port
 * Taken out: packages/server/src/authorization/decide-authorization.ts: `isSelfRegistered(client) && isIssuersOwn(realm.issuer, parsed.uri)` → `false`
 * Then fails: sends no response to the port of the server itself
 */
import { launchChromium, openPage } from '@vestibule/testing/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ADA } from '../support/app.ts';
import { register } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { headingOf, newBrowser } from '@vestibule/testing/browser';
import { type AttackClient, newClient } from './support/client.ts';
import { type Neighbour, startNeighbour } from './support/neighbour.ts';

const app = attackedApp();

let chromium: Browser;
beforeAll(async () => {
  chromium = await launchChromium();
}, 60_000);
afterAll(() => chromium.close());

interface Scene {
  readonly program: Neighbour;
  readonly client: AttackClient;
  readonly context: BrowserContext;
  readonly page: Page;
}

/** A person's browser, and a program that has registered as a client. */
async function setUp(): Promise<Scene> {
  const program = await startNeighbour();
  const client = await newClient(app(), program.callback);
  const context = await chromium.newContext();
  onTestFinished(() => context.close());
  return { program, client, context, page: (await openPage(context)).page };
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Username').fill(ADA.username);
  await page.getByLabel('Password').fill(ADA.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const decide = (page: Page, decision: 'Approve' | 'Deny'): Promise<void> =>
  page.getByRole('button', { name: decision }).click();

const atConsent = (page: Page): Promise<void> => page.getByRole('button', { name: 'Approve' }).waitFor();

/** The cookies of the server in the browser. */
const ours = async (context: BrowserContext) =>
  (await context.cookies()).filter(({ name }) => name.includes('vestibule'));

/** How an interaction ends, after which the browser is at the program. */
const ENDS: [string, (scene: Scene) => Promise<unknown>][] = [
  [
    'the person approves',
    async ({ page, client }) => {
      await page.goto(client.url().href);
      await signIn(page);
      await decide(page, 'Approve');
    },
  ],
  [
    'the person denies',
    async ({ page, client }) => {
      await page.goto(client.url().href);
      await signIn(page);
      await decide(page, 'Deny');
    },
  ],
  [
    'the request has an error',
    async ({ page, client }) => {
      await page.goto(client.url().href);
      await signIn(page);
      await atConsent(page);
      await page.goto(client.url({ response_type: 'token' }).href);
    },
  ],
  [
    'consent may not be asked',
    async ({ page, client }) => {
      await page.goto(client.url().href);
      await signIn(page);
      await atConsent(page);
      await page.goto(client.url({ prompt: 'none' }).href);
    },
  ],
  [
    'a gate was closed meanwhile',
    async ({ page, client }) => {
      await page.goto(client.url().href);
      await signIn(page);
      await atConsent(page);
      const closed = (open: boolean) =>
        app().change((realm) => ({
          ...realm,
          apis: realm.apis.map((api) => ({ ...api, openToDynamicClients: open })),
        }));
      await closed(false);
      await decide(page, 'Deny');
      await page.getByRole('link', { name: 'Continue to localhost' }).click();
      await closed(true);
    },
  ],
  [
    'the person leaves before signing in',
    async ({ page, client, program }) => {
      await page.goto(client.url().href);
      await page.goto(program.callback);
    },
  ],
  [
    'the person leaves after signing in',
    async ({ page, client, program }) => {
      await page.goto(client.url().href);
      await signIn(page);
      await atConsent(page);
      await page.goto(program.callback);
    },
  ],
  [
    'the person returns',
    async ({ page, client, context }) => {
      const { page: other } = await openPage(context);
      await other.goto(client.url().href);
      await page.goto(client.url().href);
      await signIn(other);
      await atConsent(other);
      await signIn(page);
      await decide(page, 'Approve');
    },
  ],
  [
    'another person decides than the one who signed in first',
    async ({ page, client }) => {
      await page.goto(client.url().href);
      await signIn(page);
      await page.getByRole('link', { name: 'Sign in as someone else' }).click();
      await signIn(page);
      await decide(page, 'Approve');
    },
  ],
  [
    'the person opens Connected apps',
    async ({ page, program }) => {
      await page.goto(`${app().issuer}/connect/apps`);
      await signIn(page);
      await page.getByRole('heading', { name: 'Connected apps' }).waitFor();
      await page.goto(program.callback);
    },
  ],
  [
    'the person signs out',
    async ({ page, program }) => {
      await page.goto(`${app().issuer}/connect/apps`);
      await signIn(page);
      await page.getByRole('link', { name: 'Sign out' }).click();
      await page.goto(program.callback);
    },
  ],
];

describe('sends no cookie and no path to a program on another port', () => {
  test.each(ENDS)(
    'when %s',
    async (_, end) => {
      const scene = await setUp();
      const { program, client, context, page } = scene;
      const authorize = client.url({ state: 'own' }).href;
      program.aim({ issuer: app().issuer, authorize });
      await end(scene);
      await page.waitForURL((url) => url.href.startsWith(program.callback));
      const held = await ours(context);
      expect(held.length).toBeGreaterThan(0);
      await program.tried;

      const all = [...held, ...(await ours(context))];
      const secrets = all.flatMap(({ value, path }) => [value, path.split('/').at(-1) ?? '']);
      const got = JSON.stringify([program.came, program.told]);
      expect(program.came.length).toBeGreaterThan(40);
      expect(program.told.length).toBeGreaterThan(20);
      expect(program.came.filter(({ cookie }) => cookie.includes('vestibule'))).toEqual([]);
      expect(secrets.filter((secret) => secret !== '' && got.includes(secret))).toEqual([]);

      // If the program sends the browser back to the server, no one is signed in there.
      await page.goto(authorize);
      expect(await page.getByLabel('Password').count()).toBe(1);
      await page.goto(`${app().issuer}/connect/apps`);
      expect(await page.getByLabel('Password').count()).toBe(1);
    },
    60_000,
  );
});

/** The cookies of the program's own browser, for planting. */
async function own(url: URL | string) {
  const browser = newBrowser();
  const shown = await browser.open(url);
  const cookies = await browser.jar.getCookies(shown.url.href);
  return {
    browser,
    shown,
    cookies,
    at: (path: string) => cookies.map(({ key, value }) => `${key}=${value}; Path=${path}`),
  };
}

/** The path of the cookies of a page. */
const placeOf = (url: URL): string => url.pathname.replace(/\/[^/]*$/, '');

test('gives no session to a program that began the interaction itself', async () => {
  const { program, client, context, page } = await setUp();
  const begun = await own(client.url());
  const place = placeOf(begun.shown.url);
  program.plant(begun.at(place));
  await page.goto(program.origin);
  await page.goto(begun.shown.url.href);
  await signIn(page);
  await atConsent(page);

  const planted = new Set(begun.cookies.map(({ value }) => value));
  const sessions = (await ours(context)).map(({ value }) => value).filter((value) => !planted.has(value));
  expect(sessions.length).toBeGreaterThan(0);
  program.plant([]);
  await page.goto(`${program.origin}${place}/consent`);
  expect(program.came.find(({ path }) => path === `${place}/consent`)?.cookie).toContain([...planted][0]);
  const got = JSON.stringify(program.came);
  expect(sessions.filter((session) => got.includes(session))).toEqual([]);
  // What the program knows leads to no decision.
  const asked = await begun.browser.open(begun.shown.url.href.replace('sign-in', 'consent'));
  expect(asked.page.querySelector('[name=password]')).not.toBeNull();
});

test('gives no session to a program that began the visit to Connected apps itself', async () => {
  const { program, context, page } = await setUp();
  const begun = await own(`${app().issuer}/connect/apps`);
  const place = placeOf(begun.shown.url);
  program.plant(begun.at(place));
  await page.goto(program.origin);
  await page.goto(begun.shown.url.href);
  await signIn(page);
  await page.getByRole('heading', { name: 'Connected apps' }).waitFor();

  const planted = new Set(begun.cookies.map(({ value }) => value));
  const sessions = (await ours(context)).map(({ value }) => value).filter((value) => !planted.has(value));
  expect(sessions.length).toBeGreaterThan(0);
  await page.goto(`${program.origin}${place}/apps`);
  const got = JSON.stringify(program.came);
  expect(sessions.filter((session) => got.includes(session))).toEqual([]);
});

/** The session of an account that the program has signed in itself. */
async function sessionOfEve(client: AttackClient): Promise<string> {
  const browser = newBrowser();
  const consent = await browser.signIn(await browser.open(client.url()));
  const cookies = await browser.jar.getCookies(consent.url.href);
  const session = cookies.find(({ key }) => key.includes('session'));
  return `${session?.key}=${session?.value}`;
}

const refusals = async (): Promise<number> => {
  const { items } = await app().stores.audit.list(app().realm.id, { limit: 1_000 });
  return items.filter((event) => event.type === 'transaction.refused' && event.problem === 'cookie-planted')
    .length;
};

describe('does not sign a person in by a planted session', () => {
  test.each(['/', '/connect', '/connect/at'])('at %s', async (path) => {
    const { program, client, context, page } = await setUp();
    const stolen = await sessionOfEve(client);
    await page.goto(client.url().href);
    const signInPage = page.url();
    program.plant([`${stolen}; Path=${path}; Max-Age=999`]);
    await page.goto(program.origin);
    expect((await ours(context)).map((cookie) => cookie.path)).toContain(path);

    await page.goto(signInPage.replace('sign-in', 'consent'));
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    expect(await page.getByText('Continue as').count()).toBe(0);
  });
});

describe('reports and records a planted cookie', () => {
  test.each(['/', '/connect', '/connect/at'])('at %s', async (path) => {
    const { program, client, page } = await setUp();
    const stolen = await sessionOfEve(client);
    const before = await refusals();
    program.plant([`${stolen}; Path=${path}; Max-Age=999`]);
    await page.goto(program.origin);
    await page.goto(client.url().href);
    if ((await page.getByLabel('Password').count()) > 0) await signIn(page);
    await page.getByRole('heading', { name: 'Something else has set a cookie here' }).waitFor();
    expect(await refusals()).toBe(before + 1);
  });

  test('works again after the planted cookie was deleted', async () => {
    const { program, client, context, page } = await setUp();
    program.plant([`${await sessionOfEve(client)}; Path=/`]);
    await page.goto(program.origin);
    await page.goto(client.url().href);
    await page.getByRole('heading', { name: 'Something else has set a cookie here' }).waitFor();
    await context.clearCookies();
    await page.goto(client.url().href);
    await signIn(page);
    await atConsent(page);
    expect(await page.getByText('Ada Lovelace').count()).toBe(1);
  });
});

describe('sends no response to the port of the server itself', () => {
  test.each(['localhost', '127.0.0.1', '[::1]'])('at %s', async (host) => {
    const itself = `http://${host}:${new URL(app().issuer).port}/connect/apps`;
    expect((await register(app(), { redirect_uris: [itself] })).body).toMatchObject({
      error: 'invalid_redirect_uri',
      error_description: expect.stringContaining('[redirect-uris.own-host]'),
    });
    // The port of a loopback redirect URI is known only at the authorization request.
    const client = await newClient(app(), `http://${host}:1/connect/apps`);
    const shown = await newBrowser().open(client.url({ redirect_uri: itself }));
    expect([shown.status, shown.away, headingOf(shown)]).toEqual([
      400,
      undefined,
      'This link leads somewhere else',
    ]);
  });
});
