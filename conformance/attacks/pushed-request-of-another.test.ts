/**
 * Another client's pushed authorization request: its `request_uri` is used by another client or a second time, or is a URL
 * that the server should fetch.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-7 RFC 9126 §7}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9101#section-10.4 RFC 9101 §10.4}
 *
 * Taken out: packages/server/src/authorization-request/pushed-request.ts: `JSON.stringify([clientId, uri])` → `JSON.stringify([uri])`
 * Taken out: packages/server/src/authorization/resolve-pushed.ts: `pushed?.clientId !== clientId` → `pushed === undefined`
 * Then fails: refuses the reference of another client without consuming it
 * Taken out: packages/server/src/interaction/pushed-spending.ts: `pushed-request-spent:${pushedKey}` → `pushed-request-spent:${id}`
 * Then fails: allows one decision for a reference
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { asksForConsent, formOf, handedBack, newBrowser, type Shown } from '@vestibule/testing/browser';
import { type AttackClient, newClient } from './support/client.ts';

const app = attackedApp();

/** Pushes the request that a client would send, and returns the response. */
async function push(client: AttackClient, parameters: Record<string, string> = {}) {
  const response = await fetch(`${app().issuer}/connect/par`, {
    method: 'POST',
    body: new URLSearchParams(client.url(parameters).search),
  });
  return { status: response.status, body: await response.json() };
}

const begin = (client: AttackClient, uri: string, beside: Record<string, string> = {}): Promise<Shown> => {
  const query = new URLSearchParams({ client_id: client.id, request_uri: uri, ...beside });
  return newBrowser().open(`${app().issuer}/connect/authorize?${query}`);
};

const isSignIn = ({ status, page }: Shown): boolean =>
  status === 200 && page.querySelector('[name=password]') !== null;

test('refuses the reference of another client without consuming it', async () => {
  const [client, thief] = [await newClient(app()), await newClient(app())];
  const { body } = await push(client);
  const shown = await begin(thief, body.request_uri);
  expect([isSignIn(shown), shown.away]).toEqual([false, undefined]);
  expect(isSignIn(await begin(client, body.request_uri))).toBe(true);
});

test('allows one decision for a reference', async () => {
  const client = await newClient(app());
  const { body } = await push(client);
  const query = new URLSearchParams({ client_id: client.id, request_uri: body.request_uri });
  const link = `${app().issuer}/connect/authorize?${query}`;
  const browser = newBrowser();
  const first = await browser.signIn(await browser.open(link));
  const second = await browser.signIn(await browser.open(link));
  expect([first, second].map(asksForConsent)).toEqual([true, true]);
  expect(handedBack(await browser.decide(first, 'approve'))?.searchParams.has('code')).toBe(true);
  expect(handedBack(await browser.decide(second, 'approve'))).toBeUndefined();
  expect(isSignIn(await begin(client, body.request_uri))).toBe(false);
});

describe('ignores parameters beside a reference', () => {
  test.each<[string, Record<string, string>]>([
    ['a redirect URI', { redirect_uri: 'https://evil.example/' }],
    ['a scope', { scope: 'notes:admin' }],
    ['a state', { state: 'evil' }],
    ['a challenge', { code_challenge: 'x'.repeat(43) }],
    ['a resource', { resource: 'https://mail.example' }],
  ])('%s', async (_, beside) => {
    const client = await newClient(app());
    const { body } = await push(client, { scope: 'notes:read' });
    const shown = await begin(client, body.request_uri, beside);
    expect(isSignIn(shown)).toBe(true);
    const id = formOf(shown).fields['transaction'] ?? '';
    const stored = await app().stores.interactions.find(app().realm.id, id);
    expect(stored?.request).toMatchObject({
      redirectUri: client.callback,
      scopes: ['notes:read'],
      state: 'st',
      resource: app().notes.href,
    });
  });
});

describe('refuses an unknown reference', () => {
  test.each([
    'urn:ietf:params:oauth:request_uri:',
    `urn:ietf:params:oauth:request_uri:${'A'.repeat(43)}`,
    'urn:ietf:params:oauth:request_uri:%',
    'URN:ietf:params:oauth:request_uri:x',
    'data:application/json,{}',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('%s', async (uri) => {
    const shown = await begin(await newClient(app()), uri);
    expect(isSignIn(shown)).toBe(false);
    const error = shown.away?.searchParams.get('error');
    expect([undefined, 'request_uri_not_supported']).toContain(error);
  });

  test('does not fetch a reference that is a URL', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.end();
    });
    onTestFinished(() => void server.close());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const uri = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/request`;
    const client = await newClient(app());
    await begin(client, uri);
    await newBrowser().open(client.url({ request_uri: uri }));
    await push(client, { request_uri: uri });
    expect(asked).toBe(0);
  });
});

describe('refuses to push what could not be requested', () => {
  test.each<[string, Record<string, string>]>([
    ['a redirect URI that is not registered', { redirect_uri: 'https://evil.example/' }],
    ['a reference', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }],
    ['no challenge', { code_challenge: '' }],
    ['a scope that is not open', { scope: 'notes:admin' }],
    ['no API', { resource: '' }],
    ['an unknown client', { client_id: 'nobody' }],
  ])('%s', async (_, parameters) => {
    const { status, body } = await push(await newClient(app()), parameters);
    expect([400, 401]).toContain(status);
    expect(body.request_uri).toBeUndefined();
  });
});
