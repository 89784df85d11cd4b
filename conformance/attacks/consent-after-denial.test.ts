/**
 * An approval after a denial: the person denied, and the form is posted again with an approval.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/841.html CWE-841}
 *
 * Taken out: packages/server/src/consent/decide-consent.ts: `if (decision !== undefined) return { kind: 'hand-back', decision };` → ``
 * Taken out: packages/sqlite/src/stores/interaction-writes.ts: `AND decision IS NULL` → ``
 * Then fails: does not approve a denied request later
 */
import { expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { filledIn, formOf, handedBack, headingOf, newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const app = attackedApp();

async function denied() {
  const [client, browser] = [await newClient(app()), newBrowser()];
  const consent = await browser.signIn(await browser.open(client.url()));
  const form = formOf(consent);
  const answer = handedBack(await browser.decide(consent, 'deny'));
  expect(answer?.searchParams.get('error')).toBe('access_denied');
  return { client, browser, form };
}

test('does not approve a denied request later', async () => {
  const { browser, form } = await denied();
  const shown = await browser.post(form.action, filledIn(form, { decision: 'approve' }));
  expect([shown.status, headingOf(shown)]).toEqual([409, 'This was decided already']);
  const handBack = await browser.open(form.action.href.replace('consent', 'hand-back'));
  expect(handedBack(handBack)?.searchParams.get('error')).toBe('access_denied');
  expect(handBack.text).not.toContain('code=');
});

test('issues nothing for a denied request at the token endpoint', async () => {
  const { client, browser, form } = await denied();
  await browser.post(form.action, filledIn(form, { decision: 'approve' }));
  const values = [
    ...Object.values(form.fields),
    ...(await browser.jar.getCookies(form.action.href)).map(({ value }) => value),
  ];
  for (const code of values) {
    expect((await client.exchange(new URL(client.callback), { code })).body.error).toBe('invalid_grant');
  }
});

test('does not ask again after another sign-in, or the sign-in of another person', async () => {
  const { browser, form } = await denied();
  const signIn = await browser.open(form.action.href.replace('consent', 'sign-in'));
  const shown = await browser.signIn(signIn);
  expect(handedBack(shown)?.searchParams.get('error')).toBe('access_denied');
});
