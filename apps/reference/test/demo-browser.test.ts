import { startToyAgent, withFrontPage } from '@vestibule/example-demo-pages';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { DEMO_PERSON } from '../src/demo/demo-password.ts';
import { OPEN_SEED, openApp } from './support/app.ts';
import { chromiumOfFile, signIn, violationsOf } from './support/real-browser.ts';

const newPage = chromiumOfFile();

/** The front page, the toy agent and a browser on the front page. */
async function openDemo(options: BrowserContextOptions = {}) {
  const toyAgent = await startToyAgent();
  onTestFinished(() => toyAgent.close());
  const app = await openApp(OPEN_SEED, { routesBeside: withFrontPage(toyAgent.url, DEMO_PERSON) });
  onTestFinished(() => app.stop());
  toyAgent.serve({ notes: app.notes, issuer: app.issuer });
  const { page, complaints } = await newPage(options);
  await page.goto(app.issuer);
  return { app, page, complaints };
}

async function toConsent(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Connect the toy agent' }).click();
  await signIn(page);
}

test('a visitor of the demo connects the toy agent without scripts and without installing anything', async () => {
  const { app, page, complaints } = await openDemo({ javaScriptEnabled: false });
  const main = page.getByRole('main');
  expect(await main.innerText()).toContain(app.notes.href);
  expect(await main.innerText()).toContain(DEMO_PERSON.password);

  await toConsent(page);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(
    '“Toy agent” [unverified] asks to use Notes',
  );
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('heading', { name: 'The toy agent is connected' }).waitFor();
  expect(await main.innerText()).toContain('Water the ferns on Thursday.');
  expect(await main.innerText()).toContain('This tool requires the scope notes:admin.');

  const connected = page.url();
  await page.getByRole('link', { name: 'Connected apps' }).click();
  await signIn(page);
  await page.getByText('Toy agent').first().waitFor();
  await page.goto(connected);
  expect(await main.innerText()).toContain('This page was opened before, or not by the browser that began.');
  await page.getByRole('link', { name: 'Back to the start' }).click();
  await page.getByRole('heading', { name: 'The Vestibule demo' }).waitFor();
  expect(complaints).toEqual([]);
});

test('a visitor of the demo who denies reads that the toy agent got nothing', async () => {
  const { page } = await openDemo();
  await toConsent(page);
  await page.getByRole('button', { name: 'Deny' }).click();
  await page.waitForURL(/127\.0\.0\.1/);
  expect(await page.getByRole('main').innerText()).toContain('You denied access. The agent got nothing.');
  await page.getByRole('link', { name: 'Try again' }).click();
  await signIn(page);
  await page.getByRole('button', { name: 'Approve' }).waitFor();
});

test.each([
  ['a phone', 360, 'light'],
  ['a desktop', 1280, 'light'],
  ['a desktop in the dark', 1280, 'dark'],
] as const)('the pages of the demo are accessible and fit on %s', async (_, width, colorScheme) => {
  const { page } = await openDemo({ viewport: { width, height: 800 }, colorScheme });
  const check = async (): Promise<void> => {
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  };
  await check();
  await toConsent(page);
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('heading', { name: 'The toy agent is connected' }).waitFor();
  await check();
});

test('the toy agent does not respond under other names of this computer, and connects only the browser that began', async () => {
  const { page } = await openDemo();
  const start = await page.getByRole('link', { name: 'Connect the toy agent' }).getAttribute('href');
  const { port } = new URL(start ?? '');
  expect((await fetch(`http://localhost:${port}/connect`, { redirect: 'manual' })).status).toBe(404);

  const begun = await fetch(start ?? '', { redirect: 'manual' });
  const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state');
  const callback = `http://127.0.0.1:${port}/callback?code=x&state=${state}`;
  expect(await (await fetch(callback)).text()).toContain('not by the browser that began');
});
