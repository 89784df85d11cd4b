import { freePort } from '@vestibule/testing/port';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, OPEN_SEED, type TestApp } from '../test/support/app.ts';
import { startLocalAgent } from '../test/support/local-agent.ts';
import { chromiumOfFile } from '../test/support/real-browser.ts';
import { type Keycloak, PASSWORD, startKeycloak } from './keycloak.ts';

const newPage = chromiumOfFile();
let keycloak: Keycloak;
let app: TestApp;

beforeAll(async () => {
  const port = await freePort();
  keycloak = await startKeycloak();
  const client = await keycloak.createRealm(`http://localhost:${port}`);
  const upstream = {
    ...client,
    preset: 'keycloak',
    name: 'Keycloak',
    requiredClaims: { groups: ['agents'] },
  };
  app = await openApp({ ...OPEN_SEED, people: [] }, { port, upstream });
});
afterAll(async () => {
  await app.stop();
  await keycloak.stop();
});

/** An agent that has registered at the app, and a new browser. */
async function setUp() {
  return { ...(await startLocalAgent(app)), ...(await newPage()) };
}

async function signInThere(page: Page, username: string): Promise<void> {
  expect(new URL(page.url()).origin).toBe(keycloak.origin);
  await page.fill('#username', username);
  await page.fill('#password', PASSWORD);
  await page.click('#kc-login');
}

test('the provider lets no program register', async () => {
  const response = await fetch(`${keycloak.origin}/realms/acme/clients-registrations/openid-connect`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Agent', redirect_uris: ['https://agent.example/callback'] }),
  });
  expect(response.status).toBe(403);
});

test('a person signs in at Keycloak, consents here, and the agent gets a token', async () => {
  const { page, start, exchangeArrived } = await setUp();
  await page.goto(start);
  await signInThere(page, 'ada');
  expect(await page.textContent('main')).toContain('Ada Lovelace');
  await page.getByRole('button', { name: 'Approve' }).click();
  const { status, body } = await exchangeArrived();
  expect([status, body.token_type]).toEqual([200, 'Bearer']);
  const { items } = await app.stores.people.list(app.realm.id, { limit: 9 });
  expect(items).toMatchObject([{ name: 'Ada Lovelace', email: 'ada@acme.example', emailVerified: true }]);
});

test('an app that asks for a new sign-in gets one, although there is a session at Keycloak', async () => {
  const { page, start } = await setUp();
  await page.goto(start);
  await signInThere(page, 'ada');
  await page.goto(`${start}&prompt=login`);
  expect(new URL(page.url()).origin).toBe(keycloak.origin);
  await page.fill('#password', PASSWORD);
  await page.click('#kc-login');
  await page.getByRole('button', { name: 'Approve' }).waitFor();
});

test('a person without a required group is refused', async () => {
  const { page, start } = await setUp();
  await page.goto(start);
  await signInThere(page, 'grace');
  expect(await page.textContent('h1')).toBe('You cannot sign in here');
});

test('a person signs out here and at Keycloak, and has to sign in again', async () => {
  const { page } = await setUp();
  await page.goto(`${app.issuer}/connect/apps`);
  await signInThere(page, 'ada');
  await page.getByRole('link', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign out at Keycloak' }).click();
  await page.click('#kc-logout');
  expect(page.url()).toContain(`${app.issuer}/connect/sign-out`);
  await page.goto(`${app.issuer}/connect/apps`);
  await page.locator('#username').waitFor();
});
