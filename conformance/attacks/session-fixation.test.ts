/**
 * Session fixation: an attacker plants a session in a person's browser, waits until they sign in, and shares the session.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/384.html CWE-384}
 *
 * Taken out: packages/server/src/person/current-session.ts: `const value = generateToken();` → `const value = readCookies(request).get(sessionCookie(context).name) ?? generateToken();`
 * Then fails: begins a new session at the sign-in, whatever the browser sent
 * Taken out: packages/server/src/person/current-session.ts: `const ended = await endSession(context, request);` → `const ended: string[] = [];`
 * Then fails: ends the session that the browser had before
 */
import { describe, expect, test } from 'vitest';
import { HOSTED, OPEN_SEED } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { asksForConsent, type Browser, newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

// A host where a browser has one session.
const app = attackedApp(OPEN_SEED, { issuer: HOSTED });

const nameOfSession = (): string => `__Host-vestibule-session-${app().realm.id}`;

async function sessionOf({ jar }: Browser): Promise<string | undefined> {
  const cookies = await jar.getCookies(app().issuer);
  return cookies.find(({ key }) => key === nameOfSession())?.value;
}

describe('begins a new session at the sign-in, whatever the browser sent', () => {
  test.each(['x', 'A'.repeat(43), '%00', 'undefined', '../../etc/passwd'])('%j', async (fixed) => {
    const [browser, client] = [newBrowser(), await newClient(app())];
    await browser.jar.setCookie(`${nameOfSession()}=${fixed}; Path=/; Secure`, app().issuer);
    await browser.signIn(await browser.open(client.url()));
    const session = await sessionOf(browser);
    expect(session).toMatch(/^[\w-]{43}$/);
    expect(session).not.toBe(fixed);

    const thief = newBrowser();
    await thief.jar.setCookie(`${nameOfSession()}=${fixed}; Path=/; Secure`, app().issuer);
    expect(asksForConsent(await thief.open(client.url()))).toBe(false);
  });

  test('another person’s session', async () => {
    const [thief, client] = [newBrowser(), await newClient(app())];
    await thief.signIn(await thief.open(client.url()));
    const fixed = (await sessionOf(thief)) ?? '';

    const browser = newBrowser();
    await browser.jar.setCookie(`${nameOfSession()}=${fixed}; Path=/; Secure`, app().issuer);
    const { url } = await browser.open(client.url());
    const signIn = await browser.open(url.href.replace('consent', 'sign-in'));
    await browser.signIn(signIn);
    expect(await sessionOf(browser)).not.toBe(fixed);
  });
});

test('ends the session that the browser had before', async () => {
  const [browser, client] = [newBrowser(), await newClient(app())];
  await browser.signIn(await browser.open(client.url()));
  const former = (await sessionOf(browser)) ?? '';
  const { url } = await browser.open(client.url());
  await browser.signIn(await browser.open(url.href.replace('consent', 'sign-in')));

  const other = newBrowser();
  await other.jar.setCookie(`${nameOfSession()}=${former}; Path=/; Secure`, app().issuer);
  expect(asksForConsent(await other.open(client.url()))).toBe(false);
});

test('ignores a session in a URL or a form', async () => {
  const [browser, thief, client] = [newBrowser(), newBrowser(), await newClient(app())];
  await browser.signIn(await browser.open(client.url()));
  const session = (await sessionOf(browser)) ?? '';
  expect(asksForConsent(await thief.open(client.url({ [nameOfSession()]: session })))).toBe(false);
});
