import { expect, test } from 'vitest';
import { ADA, APPROVE, GRACE, startAcme, stateOf } from './world.ts';

const NOT_FOUND = 'This sign-in was not found';
const OTHER_BROWSER = /another browser|other browser/i;

test('a stranger who sends a person the link of their own sign-in is not signed in as that person', async () => {
  const { authorizeUrl, newBrowser, issuer } = await startAcme();
  const [ada, stranger] = [newBrowser(), newBrowser()];
  await ada.submit(await ada.open(authorizeUrl()), ADA);
  const link = (await stranger.open(authorizeUrl())).url;
  // Ada is signed in at Acme, so opening the link finishes the sign-in, in her browser.
  const shown = await ada.open(link);
  expect(shown.status).toBe(403);
  expect(shown.html).toMatch(OTHER_BROWSER);
  const returned = new URL(`${issuer}/connect/sign-in/return`);
  returned.searchParams.set('state', link.searchParams.get('state') ?? '');
  expect((await stranger.open(returned)).html).toContain(NOT_FOUND);
});

test('a return address does not sign in the browser of a stranger', async () => {
  const { authorizeUrl, newBrowser } = await startAcme();
  const [ada, stranger] = [newBrowser(), newBrowser()];
  await ada.submit(await ada.open(authorizeUrl()), ADA);
  const login = await ada.peek(await firstLogin(ada, authorizeUrl()));
  const shown = await stranger.open(login ?? '');
  expect(shown.html).toMatch(OTHER_BROWSER);
});

test('a sign-in is finished once: its address works once, and so does its state', async () => {
  const { authorizeUrl, newBrowser } = await startAcme();
  const browser = newBrowser();
  await browser.submit(await browser.open(authorizeUrl()), ADA);
  const login = await firstLogin(browser, authorizeUrl());
  const [first, second] = [await browser.peek(login), await browser.peek(login)];
  expect((await browser.open(first ?? '')).url.pathname).toMatch(/\/consent$/);
  expect((await browser.open(first ?? '')).html).toContain(NOT_FOUND);
  expect((await browser.open(second ?? '')).html).toContain(NOT_FOUND);
});

test('a sign-in that took too long cannot be finished', async () => {
  const { authorizeUrl, newBrowser, pass } = await startAcme();
  const browser = newBrowser();
  const login = await browser.open(authorizeUrl());
  pass(601);
  const shown = await browser.submit(login, ADA);
  expect(shown.status).toBe(400);
  expect(shown.html).toContain('cannot be continued');
});

test('a ticket that was not used within a minute is worth nothing', async () => {
  const { authorizeUrl, newBrowser, pass } = await startAcme();
  const browser = newBrowser();
  await browser.submit(await browser.open(authorizeUrl()), ADA);
  const address = await browser.peek(await firstLogin(browser, authorizeUrl()));
  pass(60);
  expect((await browser.open(address ?? '')).html).toContain(NOT_FOUND);
});

test('another person who signs in at Acme meanwhile cannot approve what was displayed to the first', async () => {
  const { authorizeUrl, newBrowser, subjectOf } = await startAcme();
  const browser = newBrowser();
  const login = await browser.open(authorizeUrl());
  const consent = await browser.submit(login, ADA);
  // With the login page that is still open: its sign-in was finished.
  expect((await browser.submit(login, GRACE)).html).toContain(NOT_FOUND);
  // Acme knows Grace now, and the page that Ada reads is still of Ada.
  expect(await subjectOf(await browser.submit(consent, APPROVE))).toBe('acme-1');
});

test.each([
  ['a forged ticket', 'ticket=forged'],
  ['no ticket', ''],
  ['a person in the address', 'subject=acme-1&name=Ada'],
])('refuses a forged return with %s', async (_, query) => {
  const { authorizeUrl, newBrowser, issuer } = await startAcme();
  const browser = newBrowser();
  const state = stateOf(await browser.open(authorizeUrl()));
  const shown = await browser.open(`${issuer}/connect/sign-in/return?state=${state}&${query}`);
  expect(shown.html).toContain(NOT_FOUND);
});

test('an address that a request names is never where the browser is sent', async () => {
  const { authorizeUrl, newBrowser, issuer } = await startAcme();
  const browser = newBrowser();
  await browser.submit(await browser.open(authorizeUrl()), ADA);
  const login = await firstLogin(browser, authorizeUrl());
  for (const name of ['return_to', 'redirect_uri', 'location']) {
    login.searchParams.set(name, 'https://evil.example');
  }
  expect((await browser.peek(login))?.origin).toBe(issuer);
  const forged = `interaction.${encodeURIComponent('//evil.example/')}.x.${'a'.repeat(43)}`;
  const shown = await browser.open(`${issuer}/connect/sign-in/return?state=${forged}`);
  expect([shown.url.origin, shown.status]).toEqual([issuer, 400]);
});

test('does not sign a person in without a session at Acme', async () => {
  const { authorizeUrl, newBrowser } = await startAcme();
  const browser = newBrowser();
  const login = await browser.open(authorizeUrl());
  expect(await browser.peek(login.url)).toBeUndefined();
  const wrong = await browser.submit(login, { ...ADA, password: 'guess' });
  expect(wrong.status).toBe(403);
  expect(await browser.peek(login.url)).toBeUndefined();
});

/** The login page of a new authorization, which a browser is sent to. */
async function firstLogin(
  browser: ReturnType<Awaited<ReturnType<typeof startAcme>>['newBrowser']>,
  url: URL,
) {
  const signIn = await browser.peek(url);
  const login = await browser.peek(signIn ?? '');
  if (login === undefined) throw new Error('The browser was sent nowhere.');
  return login;
}
