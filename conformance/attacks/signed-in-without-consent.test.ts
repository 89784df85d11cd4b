/**
 * Open registration, approval without consent, and no audience check, combined: an attacker registers, sends a signed-in
 * person to the authorization endpoint, gets a code without a question, and uses the token at any API of this issuer.
 *
 * @see {@link https://www.cve.org/CVERecord?id=CVE-2026-101062 CVE-2026-101062}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.9 RFC 9700 §4.9}
 *
 * Taken out: packages/server/src/consent/decide-consent.ts: `if (remembered !== undefined && !isAnswered)` → `if (!isAnswered)`
 * Then fails: asks a signed-in person before a client gets a code
 * Taken out: packages/resource-server/src/token/access-token.ts: `typeof aud !== 'string' || withoutSlash(aud) !== withoutSlash(resource)` → `false`
 * Then fails: accepts a token only at the approved API
 * Taken out: packages/core/src/gates/gates.ts: `(api: Api): boolean => api.openToDynamicClients` → `(_: Api): boolean => true`
 * Then fails: refuses a closed API to a signed-in person
 */
import { describe, expect, test } from 'vitest';
import { HOSTED, OPEN_SEED } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { asksForConsent, handedBack, newBrowser } from '@vestibule/testing/browser';
import { type AttackClient, newClient } from './support/client.ts';

const CLOSED = 'https://closed.example';
const apis = [
  ...(OPEN_SEED.apis ?? []),
  { id: 'closed', name: 'Closed', resource: CLOSED, scopes: ['mcp:read'], openToDynamicClients: false },
];
// A host where a browser has one session.
const app = attackedApp({ ...OPEN_SEED, apis }, { issuer: HOSTED });
/** The same with an API that can be reached. */
const local = attackedApp();

/** A browser whose person approved another client a moment ago, and is signed in. */
async function signedIn() {
  const [client, browser] = [await newClient(app()), newBrowser()];
  await browser.decide(await browser.signIn(await browser.open(client.url())), 'approve');
  expect(asksForConsent(await browser.open(client.url()))).toBe(true);
  return browser;
}

describe('asks a signed-in person before a client gets a code', () => {
  const ways: [string, string, Record<string, string>][] = [
    ['at a website', 'https://stranger.example/cb', {}],
    ['on their computer', 'http://127.0.0.1:4711/cb', {}],
    ['in an app', 'stranger://callback', {}],
    ['for a scope that they allowed another client', 'https://stranger.example/cb', { scope: 'notes:read' }],
    ['with form_post', 'https://stranger.example/cb', { response_mode: 'form_post' }],
    ['with a login hint', 'https://stranger.example/cb', { login_hint: 'ada' }],
  ];
  test.each(ways)('%s', async (_, callback, parameters) => {
    const browser = await signedIn();
    const stranger = await newClient(app(), callback);
    const shown = await browser.open(stranger.url(parameters));
    expect([asksForConsent(shown), shown.away, handedBack(shown)]).toEqual([true, undefined, undefined]);
    expect(shown.text).toContain('[unverified]');
    expect(shown.text).not.toMatch(/[?&;]code=/);
  });

  test('asks for a pushed request, too', async () => {
    const [browser, stranger] = [await signedIn(), await newClient(app())];
    const pushed = await fetch(`${app().issuer}/connect/par`, {
      method: 'POST',
      body: new URLSearchParams(stranger.url().search),
    });
    const { request_uri: uri } = await pushed.json();
    const query = new URLSearchParams({ client_id: stranger.id, request_uri: uri });
    expect(asksForConsent(await browser.open(`${app().issuer}/connect/authorize?${query.toString()}`))).toBe(
      true,
    );
  });
});

describe('refuses a closed API to a signed-in person', () => {
  test.each([CLOSED, `${CLOSED}/`])('%s', async (resource) => {
    const [browser, stranger] = [await signedIn(), await newClient(app())];
    const { away, page } = await browser.open(stranger.url({ resource }));
    expect(away?.searchParams.get('error') ?? page.text).toContain('invalid_target');
  });
});

describe('accepts a token only at the approved API', () => {
  const tokenFor = async (client: AttackClient, resource: string): Promise<string> =>
    (await client.exchange(await client.code({ resource }), { resource })).body.access_token;
  const statusAtNotes = async (token: string): Promise<number> =>
    (await fetch(local().notes, { method: 'POST', headers: { authorization: `Bearer ${token}` } })).status;

  test('one for mail at notes', async () => {
    const client = await newClient(local());
    expect(await statusAtNotes(await tokenFor(client, local().notes.href))).toBe(204);
    expect(await statusAtNotes(await tokenFor(client, 'https://mail.example'))).toBe(401);
  });
});

test('gets nothing from a registration alone: no code, no token and no grant', async () => {
  const stranger = await newClient(local());
  expect(await stranger.refresh('x')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  const { items } = await local().stores.audit.list(local().realm.id, { limit: 10 });
  expect(items.filter((event) => event.type === 'token.issued' && event.clientId === stranger.id)).toEqual(
    [],
  );
});
