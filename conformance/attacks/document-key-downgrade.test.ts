/**
 * A client whose document allows to do without its key: the thief of a refresh token or of a code simply does without, or changes the
 * document so that it allows this.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.14 RFC 9700 §4.14}
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-9.4 CIMD §9.4, changes}
 *
 * Taken out: packages/server/src/client/bound-method.ts: `if (bound !== undefined && bound !== used) return` → `if (false) return`
 * Then fails: does not refresh a token that was issued to a key without it
 * Taken out: packages/server/src/client/bound-method.ts: `if (bound !== undefined && bound !== used) return` → `if (false) return`
 * Then fails: does not exchange the code of a request that was pushed with a key without it
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `...(clientMethod !== undefined && { clientMethod }),` → ``
 * Then fails: does not refresh a token that was issued to a key without it
 * Taken out: packages/server/src/endpoints/pushed-authorization-request.ts: `...(clientMethod !== undefined && { clientMethod })` → ``
 * Then fails: does not exchange the code of a request that was pushed with a key without it
 * Taken out: packages/server/src/client/bound-method.ts: `pushed ?? (isPublic(client) ? undefined : bindingMethod(client, 'private_key_jwt'))` → `pushed`
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `if (compareIdentity(approvedDocument(client), displayed) === 'other') {` → `if (false) {`
 * Then fails: does not exchange a code without the key that was needed when the person approved
 * Taken out: packages/server/src/client/authentication/authenticate-client.ts: `if (!methods.includes(used)) {` → `if (false) {`
 * Taken out: packages/server/src/client/authentication/proof.ts: `if (registered === undefined) {` → `if (registered === undefined && credentials.method === 'none') return undefined; if (registered === undefined) {`
 * Taken out: packages/server/src/client/bound-method.ts: `if (!authenticationsOf(client).some(({ method }) => method === used)) {` → `if (false) {`
 * Then fails: does not refresh a token without the key once the document needs it
 */
import { authorizeUrl } from '@vestibule/testing/oauth';
import { filledIn, formOf, handedBack, newBrowser } from '@vestibule/testing/browser';
import { describe, expect, test } from 'vitest';
import { CALLBACK } from './support/client.ts';
import { startDocumentApp } from './support/document-app.ts';
import {
  approvedFor,
  assertionFor,
  exchangeFor,
  keySetOf,
  refreshFor,
  withAssertion,
} from './support/document-key.ts';
import { newKey } from './support/jwt.ts';

const CLIENT = 'https://agent.example/client.json';

/** Longer than any copy is fresh, in milliseconds. */
const LATER = 2 * 86_400_000;

const key = await newKey();
const jwks = keySetOf(key);
const EITHER = { token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'], jwks };
const BY_KEY = { token_endpoint_auth_method: 'private_key_jwt', jwks };

const refused = { status: 400, body: { error: 'invalid_grant' } };

/** A client whose document can be changed, and which is read again after that. */
async function start(document: object) {
  let now = Date.now();
  const world = await startDocumentApp({}, { now: () => now });
  const { app, publish } = world;
  publish(document);
  const proof = () => assertionFor(app, CLIENT, key, { exp: Math.floor(now / 1_000) + 60 });
  const change = async (next: object): Promise<void> => {
    publish(next);
    now += LATER;
    await fetch(authorizeUrl(app, CLIENT, { redirect_uri: CALLBACK }));
  };
  return { ...world, proof, change };
}

/** A refresh token of a grant that began with the key, or without. */
async function stolenToken(document: object, isByKey: boolean) {
  const world = await start(document);
  const { app, proof } = world;
  const arrived = await approvedFor(app, CLIENT);
  const { status, body } = await exchangeFor(app, CLIENT, arrived, isByKey ? await proof() : undefined);
  expect(status).toBe(200);
  return { ...world, stolen: String(body.refresh_token) };
}

describe('does not refresh a token that was issued to a key without it', () => {
  test('while the document allows both', async () => {
    const { app, stolen, proof } = await stolenToken(EITHER, true);
    expect(await refreshFor(app, CLIENT, stolen)).toMatchObject(refused);
    expect(await refreshFor(app, CLIENT, stolen, await proof())).toMatchObject({ status: 200 });
  });

  test.each([
    ['has allowed to do without since', EITHER],
    ['names no key any more', { token_endpoint_auth_method: 'none' }],
  ])('although the document %s', async (_, next) => {
    const { app, stolen, change } = await stolenToken(BY_KEY, true);
    await change(next);
    expect(await refreshFor(app, CLIENT, stolen)).toMatchObject(refused);
  });
});

test('does not exchange the code of a request that was pushed with a key without it', async () => {
  const { app, proof } = await start(EITHER);
  await fetch(authorizeUrl(app, CLIENT, { redirect_uri: CALLBACK }));
  const parameters = authorizeUrl(app, CLIENT, { redirect_uri: CALLBACK }).searchParams;
  const body = new URLSearchParams([...parameters, ...Object.entries(withAssertion(await proof()))]);
  const pushed = await fetch(`${app.issuer}/connect/par`, { method: 'POST', body });
  const { request_uri } = await pushed.json();
  const query = new URLSearchParams({ client_id: CLIENT, request_uri });
  const browser = newBrowser();
  const shown = await browser.signIn(await browser.open(`${app.issuer}/connect/authorize?${query}`));
  const form = formOf(shown);
  const arrived = handedBack(await browser.post(form.action, filledIn(form, { decision: 'approve' })));
  if (arrived === undefined) throw new Error('Nothing was approved.');
  expect(await exchangeFor(app, CLIENT, arrived)).toMatchObject(refused);
  expect(await exchangeFor(app, CLIENT, arrived, await proof())).toMatchObject({ status: 200 });
});

test('does not exchange a code without the key that was needed when the person approved', async () => {
  const { app } = await start(BY_KEY);
  const arrived = await approvedFor(app, CLIENT);
  const { clients } = app.stores;
  const client = await clients.find(app.realm.id, CLIENT);
  if (client?.kind !== 'metadata-document') throw new Error('The client is unknown.');
  const { authentication: _authentication, ...document } = client.document;
  await clients.replace({ ...client, document }, client.version);
  expect(await exchangeFor(app, CLIENT, arrived)).toMatchObject(refused);
});

test('does not refresh a token without the key once the document needs it', async () => {
  const { app, stolen, change } = await stolenToken(EITHER, false);
  await change(BY_KEY);
  expect(await refreshFor(app, CLIENT, stolen)).toMatchObject({
    status: 401,
    body: { error: 'invalid_client' },
  });
});
