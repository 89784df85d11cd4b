/**
 * Injection at the return from the provider that issues tokens: a `state` that was made up or used, or the code of another trip, another
 * browser or a sign-in.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.5 RFC 9700 §4.5}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.7 RFC 9700 §4.7}
 *
 * Taken out: packages/server/src/endpoints/provider-return.ts: `if (!isTripOfBrowser(state, bound.browserSecret)) {` → `if (false) {`
 * Then fails: sends no code to the provider for a state that was made up
 *
 * Taken out: packages/server/src/endpoints/provider-trip.ts: `secretFor: (purpose, of) => tripSecret(browserSecret, purpose, of),` → `secretFor: (purpose) => tripSecret('', purpose, ''),`
 * Then fails: does not accept a code that was obtained in another browser
 *
 * Taken out: packages/server/src/endpoints/provider-return.ts: `if ((await replays.note(realm.id, usedTripKey(state), interaction.expiresAt)) !== 'first') {` → `if (false) {`
 * Then fails: accepts a state once, whatever came of it
 *
 * Taken out: packages/server/src/endpoints/provider-return.ts: `if (decision?.kind !== 'approved' || decision.issuedBy !== 'provider') {` → `if (false) {`
 * Then fails: refuses a return before the person has decided
 */
import { newBrowser } from '@vestibule/testing/browser';
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { newClient } from './support/client.ts';
import { codeOn, startProviderTokens } from './support/provider-tokens.ts';

test('sends no code to the provider for a state that was made up', async () => {
  const { approve, provider, tokenRequests } = await startProviderTokens();
  const browser = newBrowser();
  const callback = await provider.signIn(await approve(browser));
  const before = tokenRequests();
  const [kind, id, nonce] = (callback.searchParams.get('state') ?? '').split('.');
  callback.searchParams.set('state', [kind, id, nonce, 'a'.repeat(43)].join('.'));
  const shown = await browser.open(callback);
  expect([shown.status, codeOn(shown)]).toEqual([400, undefined]);
  expect(tokenRequests()).toBe(before);
});

test('accepts a state once, whatever came of it', async () => {
  const { approve, provider, tokenRequests } = await startProviderTokens();
  const browser = newBrowser();
  const onward = await approve(browser);
  provider.lies.token = { status: 503, body: {} };
  expect((await browser.open(await provider.signIn(onward))).status).toBe(503);
  delete provider.lies.token;
  const before = tokenRequests();
  const shown = await browser.open(await provider.signIn(onward));
  expect([shown.status, codeOn(shown)]).toEqual([400, undefined]);
  expect(tokenRequests()).toBe(before);
});

test.each([
  ['and the provider compares PKCE verifiers', false],
  ['and the provider ignores PKCE', true],
])('does not accept a code that was obtained in another browser, %s', async (_, skipsPkce) => {
  const { approve, provider } = await startProviderTokens();
  provider.lies.skipsPkce = skipsPkce;
  const [attacker, victim] = [newBrowser(), newBrowser()];
  const own = await provider.signIn(await approve(attacker));
  const stolen = await provider.signIn(await approve(victim));
  own.searchParams.set('code', stolen.searchParams.get('code') ?? '');
  const shown = await attacker.open(own);
  expect([shown.status, codeOn(shown)]).toEqual([503, undefined]);
});

test('does not accept the code of another agent that the same person approved in the same browser', async () => {
  const { app, approve, provider } = await startProviderTokens();
  provider.lies.skipsPkce = true;
  const browser = newBrowser();
  const ofOne = await provider.signIn(await approve(browser));
  const ofOther = await provider.signIn(await approve(browser, await newClient(app)));
  ofOne.searchParams.set('code', ofOther.searchParams.get('code') ?? '');
  expect(codeOn(await browser.open(ofOne))).toBeUndefined();
});

test('refuses a return before the person has decided, also with a state that the browser made itself', async () => {
  const { app, consent, provider, tokenRequests } = await startProviderTokens();
  const browser = newBrowser();
  const asked = await consent(browser);
  const id = asked.page.querySelector('[name=transaction]')?.getAttribute('value') ?? '';
  const cookie = (await browser.jar.store.getAllCookies()).find(({ key }) => key.includes(`tx-${id}`));
  const begun = `tokens.${id}.nonce`;
  const mac = createHmac('sha256', cookie?.value ?? '').update(`provider-tokens-state:${begun}`);
  const before = tokenRequests();
  const callback = new URL(`${app.issuer}/connect/provider/return`);
  callback.search = new URLSearchParams({
    state: `${begun}.${mac.digest('base64url')}`,
    code: 'stolen',
    iss: provider.issuer,
  }).toString();
  const shown = await browser.open(callback);
  expect([cookie === undefined, shown.status, codeOn(shown)]).toEqual([false, 400, undefined]);
  expect(tokenRequests()).toBe(before);
});

test('does not accept the response of a sign-in', async () => {
  const { app, client, provider, tokenRequests } = await startProviderTokens();
  const browser = newBrowser();
  const { away } = await browser.open(client.url());
  const callback = await provider.signIn(away ?? new URL(app.issuer));
  callback.pathname = callback.pathname.replace('sign-in/return', 'provider/return');
  const shown = await browser.open(callback);
  expect([shown.status, codeOn(shown), tokenRequests()]).toEqual([400, undefined, 0]);
});
