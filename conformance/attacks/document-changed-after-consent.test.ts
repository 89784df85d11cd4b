/**
 * A document that changes between the consent of a person and the use of it: a person allows a harmless app, and an attacker who has
 * taken over its website, or put other keys there, gets the access.
 *
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-9.4 CIMD §9.4, changes}
 * @see {@link https://cwe.mitre.org/data/definitions/367.html CWE-367}
 *
 * Taken out: packages/server/src/consent/consent-token.ts: `JSON.stringify([contents, document?.identity])` → `JSON.stringify([contents])`
 * Then fails: asks again if what the page does not display has changed while the person decided
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `if (compareIdentity(approvedDocument(client), displayed) === 'other') {` → `if (false) {`
 * Then fails: issues no token for the approval of the former app
 * Taken out: packages/server/src/endpoints/authorization-response.ts: `compareIdentity(approvedDocument(known), decision.displayed) === 'other'` → `false`
 * Then fails: hands out no code for the approval of the former app
 * Taken out: packages/server/src/consent/decide-consent.ts: `compareIdentity(document, displayed) === 'same'` → `true`
 * Then fails: asks anew for what the former app was allowed
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `if (!isRegistered(client, code.redirectUri)) {` → `if (false) {`
 * Then fails: exchanges no code at a redirect URI that was removed
 * Taken out: packages/server/src/token/refresh-token-grant.ts: `if (!hasApprovedHost(client, grant.displayed)) {` → `if (false) {`
 * Then fails: refreshes no token of a host that has gone from the document
 */
import { authorizeUrl } from '@vestibule/testing/oauth';
import { asksForConsent, handedBack, newBrowser } from '@vestibule/testing/browser';
import { describe, expect, test } from 'vitest';
import { CALLBACK } from './support/client.ts';
import { startDocumentApp } from './support/document-app.ts';
import { approvedFor, exchangeFor, keySetOf, refreshFor } from './support/document-key.ts';
import { newKey } from './support/jwt.ts';

const CLIENT = 'https://agent.example/client.json';
const SITE = 'https://agent.example/cb';

/** Longer than any copy is fresh, in milliseconds. */
const LATER = 2 * 86_400_000;

const [key, thiefs] = [await newKey(), await newKey()];
const METHODS = { token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'] };
const HARMLESS = { ...METHODS, jwks: keySetOf(key), redirect_uris: [CALLBACK, SITE] };

/** What the new owner of the website makes of the document. None of it is on the consent page. */
const HIDDEN = [
  ['its keys', { ...HARMLESS, jwks: keySetOf(thiefs) }],
  [
    'a host to which people are sent',
    { ...HARMLESS, redirect_uris: [CALLBACK, SITE, 'https://evil.example/cb'] },
  ],
  ['its name in another language', { ...HARMLESS, 'client_name#fr': 'Banque' }],
] as const;

/** An app that is known, whose document is replaced while something is under way. */
async function start() {
  let now = Date.now();
  const world = await startDocumentApp({}, { now: () => now });
  const { app, publish } = world;
  publish(HARMLESS);
  const page = () => fetch(authorizeUrl(app, CLIENT, { redirect_uri: CALLBACK }));
  // A client that was never used would be displayed as a new one when its document is read again.
  await approvedFor(app, CLIENT);
  /** The server reads the new document, and no time passes for what is under way. */
  const replace = async (document: object): Promise<void> => {
    publish(document);
    const before = now;
    now += LATER;
    await page();
    now = before;
  };
  const ask = async (scope = 'notes:read') => {
    const browser = newBrowser();
    const url = authorizeUrl(app, CLIENT, { redirect_uri: CALLBACK, scope });
    return { browser, shown: await browser.signIn(await browser.open(url)) };
  };
  return { ...world, replace, ask };
}

describe('asks again if what the page does not display has changed while the person decided', () => {
  test.each(HIDDEN)('%s', async (_, document) => {
    const { ask, replace } = await start();
    const { browser, shown } = await ask();
    await replace(document);
    const again = await browser.decide(shown, 'approve');
    expect([again.status, asksForConsent(again)]).toEqual([409, true]);
    expect(handedBack(await browser.decide(again, 'approve'))?.searchParams.has('code')).toBe(true);
  });
});

describe('issues no token for the approval of the former app', () => {
  test.each(HIDDEN)('%s', async (_, document) => {
    const { app, replace } = await start();
    const arrived = await approvedFor(app, CLIENT);
    await replace(document);
    expect(await exchangeFor(app, CLIENT, arrived)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });
});

test('hands out no code for the approval of the former app', async () => {
  const { ask, replace } = await start();
  const { browser, shown } = await ask();
  const done = await browser.decide(shown, 'approve');
  expect(handedBack(done)?.searchParams.has('code')).toBe(true);
  await replace({ ...HARMLESS, jwks: keySetOf(thiefs) });
  const reloaded = await browser.open(done.url);
  expect(reloaded.text).not.toContain(handedBack(done)?.searchParams.get('code'));
  expect(reloaded.text).toContain('consent_required');
});

test('asks anew for what the former app was allowed', async () => {
  const { app, ask, replace } = await start();
  expect(await exchangeFor(app, CLIENT, await approvedFor(app, CLIENT))).toMatchObject({ status: 200 });
  expect((await ask()).shown.text).toContain('Already allowed');
  await replace({ ...HARMLESS, client_name: 'Banking' });
  expect((await ask()).shown.text).not.toContain('Already allowed');
});

test('exchanges no code at a redirect URI that was removed', async () => {
  const { app, replace } = await start();
  const arrived = await approvedFor(app, CLIENT);
  await replace({ ...HARMLESS, redirect_uris: ['http://127.0.0.1:4711/other', SITE] });
  expect(await exchangeFor(app, CLIENT, arrived)).toMatchObject({
    status: 400,
    body: { error_description: expect.stringContaining('no longer one that this client registered') },
  });
});

test('refreshes no token of a host that has gone from the document', async () => {
  const { app, replace } = await start();
  const { body } = await exchangeFor(app, CLIENT, await approvedFor(app, CLIENT));
  await replace({ ...HARMLESS, redirect_uris: [SITE] });
  expect(await refreshFor(app, CLIENT, body.refresh_token)).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  });
});
