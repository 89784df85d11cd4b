/**
 * A token of one realm at another in the same process: tenants share the host, the database and the browser, and nothing
 * else.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.8 RFC 8725 §3.8}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.4 RFC 9700 §4.4}
 *
 * Taken out: packages/server/src/person/current-session.ts: `context.sessions.find(context.realm, ` → `context.sessions.find('other', `
 * Then fails: refuses a session of another realm under the cookie name of this one
 * Taken out: packages/server/src/interaction/resume-interaction.ts: `interactions.find(realm, id)` → `interactions.find('other', id)`
 * Then fails: does not continue an interaction of another realm in the same browser
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Addresses, HOSTED, OPEN_SEED } from '../support/app.ts';
import { token } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { asksForConsent, headingOf, newBrowser } from '@vestibule/testing/browser';
import { type AttackClient, newClient } from './support/client.ts';

/** Another realm on the same host, where the same Ada has an account. */
const NEIGHBOUR = {
  ...OPEN_SEED,
  realm: { ...OPEN_SEED.realm, id: 'other', issuer: '/realms/other' },
  apis: OPEN_SEED.apis?.map((api, index) => (index === 0 ? { ...api, resource: '/other/mcp' } : api)) ?? [],
};
const app = attackedApp(OPEN_SEED, { others: [NEIGHBOUR] });
/** The same for an issuer where a browser has one session. */
const hosted = attackedApp(OPEN_SEED, { others: [NEIGHBOUR], issuer: HOSTED });

let other: Addresses;
let here: AttackClient;
let there: AttackClient;
beforeAll(async () => {
  const { origin } = new URL(app().issuer);
  other = { issuer: `${app().issuer}/realms/other`, notes: new URL('/other/mcp', origin) };
  here = await newClient(app());
  there = await newClient(other);
});

const open = async (notes: URL, accessToken: string): Promise<number> =>
  (await fetch(notes, { method: 'POST', headers: { authorization: `Bearer ${accessToken}` } })).status;

test('accepts each token at its own realm', async () => {
  expect(await open(app().notes, (await here.tokens()).access_token)).toBe(204);
  expect(await open(other.notes, (await there.tokens()).access_token)).toBe(204);
});

test('refuses an access token of another realm', async () => {
  expect(await open(other.notes, (await here.tokens()).access_token)).toBe(401);
  expect(await open(app().notes, (await there.tokens()).access_token)).toBe(401);
});

test('issues no token for an API of another realm', async () => {
  const { away } = await newBrowser().open(here.url({ resource: other.notes.href }));
  expect(away?.searchParams.get('error')).toBe('invalid_target');
});

describe('refuses codes and refresh tokens of another realm', () => {
  test.each([() => here.id, () => there.id])('%#', async (clientId) => {
    const code = (await there.code()).searchParams.get('code') ?? '';
    const { refresh_token: refresh } = await there.tokens();
    for (const fields of [
      { grant_type: 'authorization_code', code, redirect_uri: there.callback, code_verifier: 'x'.repeat(43) },
      { grant_type: 'refresh_token', refresh_token: refresh },
    ]) {
      const answer = await token(app(), { ...fields, client_id: clientId() });
      expect([400, 401]).toContain(answer.status);
      expect(answer.body.access_token).toBeUndefined();
    }
    expect((await there.refresh(refresh)).status).toBe(200);
  });
});

test('does not know a client of another realm', async () => {
  const shown = await newBrowser().open(here.url({ client_id: there.id, redirect_uri: there.callback }));
  expect([shown.status, headingOf(shown)]).toEqual([400, 'This app is not known here']);
});

test('does not continue an interaction of another realm in the same browser', async () => {
  const browser = newBrowser();
  const { url } = await browser.open(there.url());
  const moved = url.href.replace('/realms/other', '');
  for (const place of ['sign-in', 'consent', 'hand-back']) {
    expect((await browser.open(moved.replace('sign-in', place))).status).toBe(410);
  }
});

/** A client of each realm, for issuers where a browser has one session. */
async function hostedClients() {
  const { issuer, notes } = hosted();
  const neighbour = { issuer: `${issuer}/realms/other`, notes: new URL('/other/mcp', notes) };
  return { near: await newClient(hosted()), far: await newClient(neighbour) };
}

test('does not accept a session of another realm', async () => {
  const [browser, { near, far }] = [newBrowser(), await hostedClients()];
  await browser.signIn(await browser.open(far.url()));
  expect(asksForConsent(await browser.open(far.url()))).toBe(true);
  expect(asksForConsent(await browser.open(near.url()))).toBe(false);
});

test('refuses a session of another realm under the cookie name of this one', async () => {
  const [browser, thief, { near, far }] = [newBrowser(), newBrowser(), await hostedClients()];
  await browser.signIn(await browser.open(far.url()));
  const cookies = await browser.jar.getCookies(hosted().issuer);
  const session = cookies.find(({ key }) => key.includes('session'));
  const name = session?.key.replace('other', hosted().realm.id) ?? '';
  expect(name).not.toBe(session?.key);
  await thief.jar.setCookie(`${name}=${session?.value}; Path=/; Secure`, hosted().issuer);
  expect(asksForConsent(await thief.open(near.url()))).toBe(false);
});

test('refuses a pushed request of another realm', async () => {
  const pushed = await fetch(`${other.issuer}/connect/par`, {
    method: 'POST',
    body: new URLSearchParams(there.url().search),
  });
  const { request_uri: uri } = await pushed.json();
  expect(uri).toMatch(/^urn:/);
  for (const clientId of [here.id, there.id]) {
    const query = new URLSearchParams({ client_id: clientId, request_uri: uri });
    const shown = await newBrowser().open(`${app().issuer}/connect/authorize?${query}`);
    expect([shown.status, shown.away]).toEqual([400, undefined]);
  }
});
