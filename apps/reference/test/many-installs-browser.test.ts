import { launchChromium, openPage } from '@vestibule/testing/chromium';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ADA } from './support/app.ts';
import { startDocumentApp } from './support/document-app.ts';
import { approve, authorizeUrl, exchange, token } from './support/oauth.ts';

let chromium: Browser;
beforeAll(async () => {
  chromium = await launchChromium();
}, 60_000);
afterAll(() => chromium.close());

const HERE = 'http://127.0.0.1:4711/callback';
const WEBSITE = 'https://agent.example/cb';

async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return found.violations.map(({ id }) => id);
}

test('a person ends the app on this computer, and the website with the same document keeps its access', async () => {
  const app = await startDocumentApp({
    client_name: 'Gardening agent',
    redirect_uris: ['http://127.0.0.1/callback', WEBSITE],
  });
  const { clientId } = app;
  const tokenAt = async (redirectUri: string): Promise<string> => {
    const arrived = await approve(authorizeUrl(app, clientId, { redirect_uri: redirectUri }));
    return (await exchange(app, clientId, redirectUri, arrived)).body.refresh_token;
  };
  const [here, website] = [await tokenAt(HERE), await tokenAt(WEBSITE)];
  const refresh = async (refreshToken: string): Promise<number> =>
    (
      await token(app, {
        grant_type: 'refresh_token',
        client_id: clientId,
        refresh_token: refreshToken,
      })
    ).status;

  const context = await chromium.newContext();
  onTestFinished(() => context.close());
  const { page } = await openPage(context);
  await page.goto(`${app.issuer}/connect/apps`);
  await page.getByLabel('Username').fill(ADA.username);
  await page.getByLabel('Password').fill(ADA.password);
  await page.getByRole('button', { name: 'Sign in' }).click();

  const appAt = (where: string) => page.getByRole('region', { name: `(${where})` });
  const [onThisComputer, atWebsite] = [appAt('an app on this computer'), appAt('agent.example')];
  await onThisComputer.waitFor();
  expect(await atWebsite.innerText()).toContain('you were sent to agent.example');
  expect(await page.getByRole('region').count()).toBe(2);
  expect(await violationsOf(page)).toEqual([]);

  await onThisComputer.getByRole('button', { name: 'End this access: ' }).click();
  await page.getByRole('status').waitFor();
  expect(await page.getByRole('status').innerText()).toContain(
    '“Gardening agent” [unverified] (an app on this computer) no longer has access.',
  );
  expect(await onThisComputer.count()).toBe(0);
  expect(await atWebsite.count()).toBe(1);
  expect(await violationsOf(page)).toEqual([]);
  expect([await refresh(here), await refresh(website)]).toEqual([400, 200]);
});
