import { launchChromium, openPage } from '@vestibule/testing/chromium';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ADA } from './support/app.ts';
import { startDocumentApp } from './support/document-app.ts';
import { authorizeUrl } from './support/oauth.ts';

let chromium: Browser;
beforeAll(async () => {
  chromium = await launchChromium();
}, 60_000);
afterAll(() => chromium.close());

/** The consent page of an app with a document, in a real browser. */
async function openConsent(redirectUris: readonly string[], redirectUri: string) {
  const app = await startDocumentApp({ client_name: 'Gardening agent', redirect_uris: redirectUris });
  const context = await chromium.newContext();
  onTestFinished(() => context.close());
  const { page } = await openPage(context);
  await page.goto(authorizeUrl(app, app.clientId, { redirect_uri: redirectUri }).href);
  await page.getByLabel('Username').fill(ADA.username);
  await page.getByLabel('Password').fill(ADA.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  const size = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  const violations = async () => {
    await page.evaluate(axe.source);
    const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
    return found.violations.map(({ id }) => id);
  };
  return { app, page, size, violations };
}

test.each([
  [
    'on this computer',
    ['http://127.0.0.1/callback'],
    'http://127.0.0.1:4711/callback',
    'Any program on this computer',
  ],
  [
    'at another website',
    ['https://elsewhere.example/cb'],
    'https://elsewhere.example/cb',
    'You will be sent to another website.',
  ],
])(
  'the consent page of an app %s with a document shows the host of the document first, and larger than its name',
  async (_, redirectUris, redirectUri, warning) => {
    const { app, page, size, violations } = await openConsent(redirectUris, redirectUri);
    const { host } = new URL(app.clientId);
    const text = await page.locator('main').innerText();
    expect(text.indexOf(host)).toBeGreaterThanOrEqual(0);
    expect(text.indexOf(host)).toBeLessThan(text.indexOf('Gardening agent'));
    expect(await size('.from strong')).toBeGreaterThan(await size('h1 .claim'));
    expect(text).toContain('[unverified]');
    expect(text).toContain(`Only ${host} says what this app is called.`);
    expect(text).toContain(warning);
    expect(await violations()).toEqual([]);
  },
);
