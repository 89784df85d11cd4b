/**
 * Sign-in CSRF: an attacker's page signs a person's browser in as the attacker, so that the person connects an app to the
 * attacker's account.
 *
 * @see {@link https://seclab.stanford.edu/websec/csrf/csrf.pdf Barth, Jackson, Mitchell: Robust Defenses for Cross-Site
 * Request Forgery (2008), §3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.7 RFC 9700 §4.7}
 *
 * Taken out: packages/server/src/endpoints/sign-in.ts: `if (!equalInConstantTime(form.fields.get('csrf') ?? '', signInToken(form))) {` → `if (false) {`
 * Then fails: ignores a sign-in form without the token of this browser
 */
import { describe, expect, test } from 'vitest';
import { HOSTED, OPEN_SEED } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { formOf, newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const EVE = { username: 'eve', password: 'another horse' };
const SEED = { ...OPEN_SEED, people: [...(OPEN_SEED.people ?? []), { name: 'Eve', ...EVE }] };
// A host where a browser has one session.
const app = attackedApp(SEED, { issuer: HOSTED });

describe('ignores a sign-in form without the token of this browser', () => {
  test('one that the attacker got for themselves', async () => {
    const [thief, victim, client] = [newBrowser(), newBrowser(), await newClient(app())];
    const theirs = formOf(await thief.open(client.url()));
    const shown = await victim.post(theirs.action, { ...theirs.fields, ...EVE });
    expect([shown.status, (await victim.jar.getCookies(app().issuer)).length]).toEqual([403, 0]);
  });

  test('the attacker’s token for the victim’s interaction', async () => {
    const [thief, victim, client] = [newBrowser(), newBrowser(), await newClient(app())];
    const { csrf = '' } = formOf(await thief.open(client.url())).fields;
    const { action, fields } = formOf(await victim.open(client.url()));
    const shown = await victim.post(action, { ...fields, csrf, ...EVE });
    expect(shown.status).toBe(403);
    expect((await victim.jar.getCookieString(app().issuer)).includes('session')).toBe(false);
  });

  test.each(['', 'x', 'A'.repeat(43)])('csrf=%j', async (csrf) => {
    const [victim, client] = [newBrowser(), await newClient(app())];
    const { action, fields } = formOf(await victim.open(client.url()));
    const shown = await victim.post(action, { ...fields, csrf, ...EVE });
    expect(shown.status).toBe(403);
    expect((await victim.jar.getCookieString(app().issuer)).includes('session')).toBe(false);
  });
});

test('signs no one in by a URL', async () => {
  const [victim, client] = [newBrowser(), await newClient(app())];
  const { action, fields } = formOf(await victim.open(client.url()));
  await victim.open(`${action}?${new URLSearchParams({ ...fields, ...EVE })}`);
  expect((await victim.jar.getCookieString(app().issuer)).includes('session')).toBe(false);
});

test('displays the account to a person who was signed in as another', async () => {
  const [victim, client] = [newBrowser(), await newClient(app())];
  await victim.signIn(await victim.open(client.url()), EVE);
  const consent = await victim.open(client.url());
  expect(
    consent.page
      .querySelectorAll('dd')
      .map(({ text }) => text)
      .join(),
  ).toContain('Eve');
});

test('ignores a form of another kind', async () => {
  const [victim, client] = [newBrowser(), await newClient(app())];
  const { action, fields } = formOf(await victim.open(client.url()));
  for (const type of ['text/plain', 'application/json', 'multipart/form-data; boundary=x']) {
    const cookie = await victim.jar.getCookieString(action.href);
    const body = new URLSearchParams({ ...fields, ...EVE }).toString();
    const response = await fetch(action, {
      method: 'POST',
      headers: { 'content-type': type, cookie },
      body,
      redirect: 'manual',
    });
    expect([response.status, response.headers.getSetCookie()]).toEqual([400, []]);
  }
});
