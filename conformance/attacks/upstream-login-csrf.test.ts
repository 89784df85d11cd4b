/**
 * Login CSRF and code injection at the return from an identity provider: an attacker signs in at the provider, stops before the return,
 * and opens the return address in the browser of another person, who then connects an app to the account of the attacker. Or a code that
 * was stolen from a person is put into the attacker's own return address.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.7 RFC 9700 §4.7}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.5 RFC 9700 §4.5}
 *
 * Taken out: packages/server/src/endpoints/sign-in-return.ts: `if (!isOfBrowser(state, bound.browserSecret)) {` → `if (false) {`
 * Then fails: sends no code to the provider for a state that was made up
 *
 * Taken out: packages/server/src/sign-in/open-sign-in.ts: `secretFor: (purpose, state) => signInSecret(subject.browserSecret, purpose, state),` → `secretFor: (purpose) => signInSecret('', purpose, ''),`
 * Then fails: does not accept a code that was obtained in another browser
 */
import { asksForConsent, newBrowser } from '@vestibule/testing/browser';
import { expect, test } from 'vitest';
import { startUpstream } from './support/upstream.ts';

test('refuses a return address that another browser began', async () => {
  const { begin, provider } = await startUpstream();
  const [attacker, victim] = [newBrowser(), newBrowser()];
  const callback = await provider.signIn(await begin(attacker));
  await begin(victim);
  const shown = await victim.open(callback);
  expect([shown.status, asksForConsent(shown)]).toEqual([403, false]);
  expect(provider.requested).not.toContain('/token');
});

test('sends no code to the provider for a state that was made up', async () => {
  const { begin, provider } = await startUpstream();
  const victim = newBrowser();
  const callback = await provider.signIn(await begin(victim));
  const [kind, id, nonce] = (callback.searchParams.get('state') ?? '').split('.');
  callback.searchParams.set('state', [kind, id, nonce, 'a'.repeat(43)].join('.'));
  const shown = await victim.open(callback);
  expect([shown.status, asksForConsent(shown)]).toEqual([400, false]);
  expect(provider.requested).not.toContain('/token');
});

test.each([
  ['and the provider compares PKCE verifiers', false],
  ['and the provider ignores PKCE', true],
])('does not accept a code that was obtained in another browser, %s', async (_, skipsPkce) => {
  const { begin, provider } = await startUpstream();
  provider.lies.skipsPkce = skipsPkce;
  const [attacker, victim] = [newBrowser(), newBrowser()];
  const stolen = await provider.signIn(await begin(victim));
  const own = await provider.signIn(await begin(attacker));
  own.searchParams.set('code', stolen.searchParams.get('code') ?? '');
  const shown = await attacker.open(own);
  expect([shown.status, asksForConsent(shown)]).toEqual([403, false]);
});
