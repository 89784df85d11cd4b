import { launchChromium, openPage } from '@vestibule/testing/chromium';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ADA } from './support/app.ts';
import { startDocumentApp } from './support/document-app.ts';
import { authorizeUrl, register } from './support/oauth.ts';

let chromium: Browser;
beforeAll(async () => {
  chromium = await launchChromium();
}, 60_000);
afterAll(() => chromium.close());

const LOOPBACK = 'http://127.0.0.1/callback';

/** The consent page of a registered app whose website has a document, in a real browser. */
async function openConsent(redirectUriAt: (origin: string) => string) {
  const redirectUrisAt = (origin: string) => [`${origin}/cb`, LOOPBACK];
  const app = await startDocumentApp(
    (origin) => ({ client_name: 'Gardening agent', redirect_uris: redirectUrisAt(origin) }),
    { metadataDocuments: { verifyRegistrations: true } },
  );
  const { origin, host } = new URL(app.clientId);
  const { status, body } = await register(app, {
    client_name: 'Gardening agent',
    client_uri: `${origin}/`,
    software_id: app.clientId,
    redirect_uris: redirectUrisAt(origin),
  });
  expect(status).toBe(201);
  expect(app.host.connections()).toBe(0);
  const context = await chromium.newContext();
  onTestFinished(() => context.close());
  const { page } = await openPage(context);
  await page.goto(authorizeUrl(app, body.client_id, { redirect_uri: redirectUriAt(origin) }).href);
  await page.getByLabel('Username').fill(ADA.username);
  await page.getByLabel('Password').fill(ADA.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  const text = await page.locator('main').innerText();
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  return { app, page, text, host };
}

test('the consent page of a registered app says which website verifies it, where the person is sent to that website', async () => {
  const { app, page, text, host } = await openConsent((origin) => `${origin}/cb`);
  expect(text.indexOf(host)).toBeLessThan(text.indexOf('Gardening agent'));
  expect(text).toContain(`“Gardening agent” [verified by ${host}]`);
  expect(text).toContain(
    `${host} describes this app, and is where you will be sent. The website chose this name.`,
  );
  expect(text).toContain('This app registered here');
  expect(text).toContain('You will be asked again every time it connects.');
  expect(text).not.toContain('[unverified]');
  expect(app.host.requests).toEqual([expect.stringMatching(/^GET \/client\.json HTTP\/1\.1\r\n/)]);
  await page.route(`https://${host}/cb?*`, (route) => route.fulfill({ body: 'arrived' }));
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.waitForURL((url) => url.host === host && url.searchParams.has('code'));
});

test('the consent page of a registered app on this computer names no website that describes it', async () => {
  const { app, text, host } = await openConsent(() => 'http://127.0.0.1:4711/callback');
  expect(text).toContain('“Gardening agent” [unverified]');
  expect(text).toContain('Nobody has checked who made this app.');
  expect(text).not.toContain(host);
  expect(app.host.connections()).toBe(0);
});
