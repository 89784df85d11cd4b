/**
 * Replay at the return from an identity provider: the `state` of a sign-in that was completed is used again with the code of another
 * account, to exchange the person under an open page.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.7.1 RFC 9700 §4.7.1}
 *
 * Taken out: packages/server/src/sign-in/open-sign-in.ts: `(await replays.note(realm.id, stateHash(text), until)) === 'first'` → `(await replays.note(realm.id, stateHash(text), until)) !== undefined`
 * Then fails: completes one sign-in with a state
 */
import { asksForConsent, headingOf, newBrowser } from '@vestibule/testing/browser';
import { expect, test } from 'vitest';
import { startUpstream } from './support/upstream.ts';

test('completes one sign-in with a state, whatever account the second return is for', async () => {
  const { begin, provider } = await startUpstream();
  const browser = newBrowser();
  const left = await begin(browser);
  const consent = await browser.open(await provider.signIn(left));
  expect([asksForConsent(consent), consent.text.includes('Ada Lovelace')]).toEqual([true, true]);
  provider.person = { sub: 'eve-2', name: 'Eve' };
  const shown = await browser.open(await provider.signIn(left));
  expect([headingOf(shown), asksForConsent(shown)]).toEqual(['This sign-in was not found', false]);
});

test('refuses a return address that was used', async () => {
  const { begin, provider } = await startUpstream();
  const browser = newBrowser();
  const callback = await provider.signIn(await begin(browser));
  await browser.open(callback);
  expect(asksForConsent(await browser.open(callback))).toBe(false);
});
