import { attach } from '@vestibule/example-agent';
import { expect, test } from 'vitest';
import { ADA, APPROVE, GRACE, startAcme } from './world.ts';

test('a person signs in at Acme, and the app gets a token for them', async () => {
  const { authorizeUrl, newBrowser, subjectOf } = await startAcme();
  const browser = newBrowser();
  const login = await browser.open(authorizeUrl());
  expect(login.url.pathname).toBe('/login');
  const consent = await browser.submit(login, ADA);
  expect(consent.url.pathname).toMatch(/\/consent$/);
  expect(consent.html).toContain('Ada');
  const done = await browser.submit(consent, APPROVE);
  expect(await subjectOf(done)).toBe('acme-1');
});

test('a person who is signed in at Acme is not asked again', async () => {
  const { authorizeUrl, newBrowser } = await startAcme();
  const browser = newBrowser();
  await browser.submit(await browser.open(authorizeUrl()), ADA);
  const consent = await browser.open(authorizeUrl());
  expect(consent.url.pathname).toMatch(/\/consent$/);
  expect(consent.html).toContain('Ada');
});

test('a person who signs in at Acme as another user is that user here', async () => {
  const { authorizeUrl, newBrowser, subjectOf } = await startAcme();
  const browser = newBrowser();
  const consent = await browser.submit(await browser.open(authorizeUrl()), ADA);
  const [, switchPerson = ''] = /href="([^"]*switch=true)"/.exec(consent.html) ?? [];
  const login = await browser.open(new URL(switchPerson.replaceAll('&amp;', '&'), consent.url));
  expect(login.url.pathname).toBe('/login');
  const asGrace = await browser.submit(login, GRACE);
  expect(asGrace.html).toContain('Grace');
  expect(await subjectOf(await browser.submit(asGrace, APPROVE))).toBe('acme-2');
});

test('an app that asks for a new sign-in gets one, although there is a session at Acme', async () => {
  const { authorizeUrl, newBrowser, pass } = await startAcme();
  const browser = newBrowser();
  await browser.submit(await browser.open(authorizeUrl()), ADA);
  pass(5);
  const login = await browser.open(authorizeUrl({ prompt: 'login' }));
  expect(login.html).toContain('The app asks you to sign in again.');
  const consent = await browser.submit(login, ADA);
  expect(consent.url.pathname).toMatch(/\/consent$/);
});

test('a person who opens their connected apps signs in at Acme, too', async () => {
  const { newBrowser, issuer } = await startAcme();
  const browser = newBrowser();
  const login = await browser.open(`${issuer}/connect/apps`);
  expect(login.url.pathname).toBe('/login');
  const apps = await browser.submit(login, ADA);
  expect(apps.url.pathname).toMatch(/\/apps$/);
  expect(apps.html).toContain('Ada');
});

test('an agent attaches to the API of Acme, and its person signs in at Acme', async () => {
  const { issuer } = await startAcme();
  const agent = await attach({ server: new URL(`${issuer}/mcp`), person: ADA });
  expect(await agent.call('list_notes')).toMatchObject({ failed: false });
  await agent.close();
});
