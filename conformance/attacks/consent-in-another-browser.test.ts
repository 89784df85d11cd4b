/**
 * Consent that is not bound to the browser: an attacker begins in their own browser and makes another person finish, or
 * sends them to any step, to get the person's access or to give them the attacker's.
 *
 * @see {@link https://modelcontextprotocol.io/docs/tutorials/security/security_best_practices MCP Security Best Practices,
 * Confused Deputy Problem}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.7 RFC 9700 §4.7}
 *
 * Taken out: packages/server/src/interaction/resume-interaction.ts: `!equalInConstantTime(sha256(browserSecret), interaction.browserHash)` → `false`
 * Then fails: refuses an invented cookie and one of another browser
 * Taken out: packages/server/src/interaction/resume-interaction.ts: `browserSecret === undefined ||` → ``
 * Taken out: packages/server/src/interaction/resume-interaction.ts: `!equalInConstantTime(sha256(browserSecret), interaction.browserHash)` → `false`
 * Then fails: continues an interaction only in its own browser
 */
import { describe, expect, test } from 'vitest';
import { HOSTED, OPEN_SEED } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import {
  type Browser,
  filledIn,
  formOf,
  handedBack,
  headingOf,
  newBrowser,
  type Shown,
} from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

// A host where a browser has one session.
const app = attackedApp(OPEN_SEED, { issuer: HOSTED });

/** A browser in which Ada is signed in. */
async function adasBrowser(): Promise<Browser> {
  const browser = newBrowser();
  const client = await newClient(app());
  await browser.signIn(await browser.open(client.url()));
  return browser;
}

/** The page for an interaction of another browser, and its status. */
const FOREIGN = {
  status: 403,
  heading: 'This page belongs to another browser',
  away: undefined,
  hasCode: false,
};
const seen = (shown: Shown) => ({
  status: shown.status,
  heading: headingOf(shown),
  away: shown.away,
  hasCode: shown.text.includes('code='),
});

describe('continues an interaction only in its own browser', () => {
  test.each(['sign-in', 'consent', 'hand-back'])('on its %s page', async (place) => {
    const [mine, adas, client] = [newBrowser(), await adasBrowser(), await newClient(app())];
    const { url } = await mine.open(client.url());
    const page = new URL(url.href.replace(/sign-in|consent/, place));
    expect(seen(await newBrowser().open(page))).toEqual(FOREIGN);
    expect(seen(await adas.open(page))).toEqual(FOREIGN);
  });

  test('including its sign-in form with the right password', async () => {
    const [mine, client] = [newBrowser(), await newClient(app())];
    const { action, fields } = formOf(await mine.open(client.url()));
    expect(
      seen(await newBrowser().post(action, { ...fields, username: 'ada', password: 'a horse of her own' })),
    ).toEqual(FOREIGN);
  });

  test('including its consent form with the right person', async () => {
    const [mine, adas, client] = [newBrowser(), await adasBrowser(), await newClient(app())];
    const form = formOf(await mine.signIn(await mine.open(client.url())));
    const { action, fields } = form;
    expect(seen(await adas.post(action, filledIn(form, { decision: 'approve' })))).toEqual(FOREIGN);
    // Nothing was decided.
    expect(headingOf(await mine.open(`${action}?transaction=${fields['transaction']}`))).toContain(
      'asks to use',
    );
  });
});

test('returns the code only to the browser that approved', async () => {
  const [adas, thief, client] = [newBrowser(), newBrowser(), await newClient(app())];
  const approved = await adas.decide(await adas.signIn(await adas.open(client.url())), 'approve');
  expect(handedBack(approved)?.searchParams.get('code')).toMatch(/^[\w-]{43}$/);
  expect(seen(await thief.open(approved.url))).toEqual(FOREIGN);
  expect(seen(await (await adasBrowser()).open(approved.url))).toEqual(FOREIGN);
});

test('refuses the cookie of another interaction of the same browser', async () => {
  const [browser, client] = [newBrowser(), await newClient(app())];
  const first = await browser.open(client.url());
  await browser.jar.removeAllCookies();
  await browser.open(client.url({ state: 'two' }));
  expect(seen(await browser.open(first.url))).toEqual(FOREIGN);
});

describe('refuses an invented cookie and one of another browser', () => {
  const values = ['', 'x', '%00', 'undefined', 'A'.repeat(43), '../../', '{"$ne":null}'];
  test.each(values)('%j', async (value) => {
    const [mine, client] = [newBrowser(), await newClient(app())];
    const { url } = await mine.open(client.url());
    const [name = ''] = (await mine.jar.getCookieString(url.href)).split('=');
    const other = newBrowser();
    await other.jar.setCookie(`${name}=${value}; Path=/; Secure`, url.href);
    expect(seen(await other.open(url))).toEqual(FOREIGN);
  });
});

test('does not reveal the secret in URLs and forms', async () => {
  const [mine, client] = [newBrowser(), await newClient(app())];
  const shown = await mine.signIn(await mine.open(client.url()));
  const cookies = await mine.jar.getCookies(shown.url.href);
  expect(cookies.length).toBeGreaterThanOrEqual(2);
  for (const { value, httpOnly, sameSite } of cookies) {
    expect(shown.text).not.toContain(value);
    expect([httpOnly, sameSite]).toEqual([true, 'lax']);
  }
});
