/**
 * Using up limits of others: one network, or a page with many visitors, uses up a shared limit, and later requests are
 * refused.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/645.html CWE-645}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-5 RFC 7591 §5}
 *
 * Taken out: packages/core/src/registration/limits.ts: `uses: partOf(whole.limit.uses, percent),` → `uses: whole.limit.uses,`
 * Then fails: leaves most of the day to other organizations
 * Taken out: packages/core/src/registration/limits.ts: `uses: partOf(whole.limit.uses, percent),` → `uses: whole.limit.uses,`
 * Then fails: keeps a forged origin open to its visitors elsewhere
 * Taken out: packages/core/src/registration/limits.ts: `uses: partOf(whole.limit.uses, percent),` → `uses: whole.limit.uses,`
 * Then fails: keeps a redirect URI open that one organization registers often
 * Taken out: packages/server/src/limits/pending-uses.ts: `uses: partOf(atOnce.uses, percent)` → `uses: atOnce.uses`
 * Then fails: keeps a realm open to others when one organization begins many authorizations
 * Taken out: packages/server/src/limits/pending-uses.ts: `uses: partOf(atOnce.uses, percent)` → `uses: atOnce.uses`
 * Then fails: keeps a realm open to others when one organization pushes many requests
 * Taken out: packages/server/src/limits/is-from-page.ts: `headers.has('origin') ||` → ``
 * Then fails: counts requests of a page apart from those of its visitor’s programs
 * Taken out: packages/server/src/limits/is-from-page.ts: `(site !== null && site !== 'none')` → `false`
 * Then fails: counts images of a page apart from the requests of its visitor’s programs
 * Taken out: packages/core/src/registration/networks.ts: `if (site !== undefined)` → `if (false)`
 * Then fails: does not count an IPv6 /56 as 256 addresses
 * Taken out: packages/core/src/registration/fingerprint.ts: ` || isVendorsPlace(parsed.uri, vendors)` → ``
 * Then fails: does not let others use up the limit of a known vendor’s callback
 * Taken out: packages/core/src/registration/networks.ts: `origin === undefined ? addressKey : ` → `origin === undefined || true ? addressKey : `
 * Then fails: counts registrations of a page apart from those of its visitor’s programs
 * Taken out: packages/server/src/endpoints/authorize.ts: `if (!mayBeNavigation(request.headers))` → `if (false)`
 * Then fails: begins nothing for a background request of a page
 */
import type { RegistrationLimits, ServerLimits } from '@vestibule/core/realm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openApp, OPEN_SEED } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';

async function registering(limits: Partial<RegistrationLimits>) {
  const seed = {
    ...OPEN_SEED,
    realm: { ...OPEN_SEED.realm, settings: { registration: { open: true, coalesce: false, limits } } },
  };
  const app = await openApp(seed, { trustProxy: 1 });
  onTestFinished(() => app.stop());
  let count = 0;
  return async (from: string, redirectUri = 'http://127.0.0.1/cb', headers: Record<string, string> = {}) => {
    count += 1;
    const response = await fetch(`${app.issuer}/connect/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': from, ...headers },
      body: JSON.stringify({ redirect_uris: [redirectUri], client_name: `App ${count}` }),
    });
    return response.status;
  };
}

test('leaves most of the day to other organizations', async () => {
  const register = await registering({ perAddressPerHour: 2, perRealmPerDay: 20 });
  const statuses = [];
  for (let host = 0; host < 12; host += 1) statuses.push(await register(`2001:db8:1:${host}00::1`));
  expect(statuses).toEqual([201, 201, 201, 201, 201, ...Array.from({ length: 7 }, () => 429)]);
  expect(await register('192.0.2.1')).toBe(201);
  expect(await register('2001:db8:2::1')).toBe(201);
});

test('does not count an IPv6 /56 as 256 addresses', async () => {
  const register = await registering({ perAddressPerHour: 1, siteTimes: 2, perRealmPerDay: 1_000 });
  const statuses = [];
  for (let network = 0; network < 5; network += 1) statuses.push(await register(`2001:db8:1:${network}::1`));
  expect(statuses).toEqual([201, 201, 429, 429, 429]);
});

test('does not let others use up the limit of a known vendor’s callback', async () => {
  const register = await registering({ perRedirectUrisPerHour: 2 });
  const callback = 'https://claude.ai/api/mcp/auth_callback';
  for (let network = 0; network < 4; network += 1) {
    expect(await register(`192.0.${network}.1`, callback)).toBe(201);
  }
});

test('counts registrations of a page apart from those of its visitor’s programs', async () => {
  const register = await registering({ perAddressPerHour: 2 });
  const origin = { origin: 'https://page.example' };
  const statuses = [];
  for (let time = 0; time < 4; time += 1) statuses.push(await register('192.0.2.1', undefined, origin));
  expect(statuses).toEqual([201, 201, 429, 429]);
  expect(await register('192.0.2.1')).toBe(201);
});

test('keeps a forged origin open to its visitors elsewhere', async () => {
  const register = await registering({ perAddressPerHour: 5, perOriginPerHour: 20, perRealmPerDay: 1_000 });
  const forged = { origin: 'https://webagent.example' };
  const statuses = [];
  for (let host = 0; host < 25; host += 1) {
    statuses.push(await register(`2001:db8:1:${host}00::1`, undefined, forged));
  }
  expect(statuses.filter((status) => status === 201)).toHaveLength(5);
  expect(await register('192.0.2.1', undefined, forged)).toBe(201);
});

test('keeps a redirect URI open that one organization registers often', async () => {
  const register = await registering({ perRedirectUrisPerHour: 20, perRealmPerDay: 1_000 });
  const callback = 'https://webagent.example/callback';
  const statuses = [];
  for (let host = 0; host < 25; host += 1) {
    statuses.push(await register(`2001:db8:1:${host}00::1`, callback));
  }
  expect(statuses.filter((status) => status === 201)).toHaveLength(5);
  expect(await register('192.0.2.1', callback)).toBe(201);
});

async function asking(limits: Partial<ServerLimits>) {
  const { realm } = OPEN_SEED;
  const seed = { ...OPEN_SEED, realm: { ...realm, settings: { ...realm.settings, limits } } };
  const app = await openApp(seed, { trustProxy: 1 });
  onTestFinished(() => app.stop());
  const client = await newClient(app);
  type Init = Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> };
  const statusOf = async (url: string | URL, from: string, init: Init = {}) => {
    const headers = { ...init.headers, 'x-forwarded-for': from };
    return (await fetch(url, { ...init, headers, redirect: 'manual' })).status;
  };
  const ask = (endpoint: string, from: string, headers: Record<string, string> = {}) =>
    statusOf(`${app.issuer}/connect/${endpoint}`, from, {
      method: endpoint === 'userinfo' ? 'GET' : 'POST',
      headers,
      ...(endpoint === 'par' && { body: client.url().searchParams }),
    });
  return { ask, authorize: (from: string) => statusOf(client.url(), from) };
}

test('keeps a realm open to others when one organization begins many authorizations', async () => {
  const { authorize } = await asking({ pendingAuthorizations: 20 });
  const statuses = [];
  for (let host = 0; host < 25; host += 1) statuses.push(await authorize(`2001:db8:1:${host}00::1`));
  expect(statuses).toEqual([...Array<number>(5).fill(303), ...Array<number>(20).fill(429)]);
  expect(await authorize('192.0.2.1')).toBe(303);
});

test('keeps a realm open to others when one organization pushes many requests', async () => {
  const { ask } = await asking({ pendingPushedRequests: 20 });
  const statuses = [];
  for (let host = 0; host < 25; host += 1) statuses.push(await ask('par', `192.0.2.${host}`));
  expect(statuses).toEqual([...Array<number>(5).fill(201), ...Array<number>(20).fill(429)]);
  expect(await ask('par', '198.51.100.1')).toBe(201);
});

test('counts requests of a page apart from those of its visitor’s programs', async () => {
  const { ask } = await asking({ tokenRequestsPerAddressPerHour: 4 });
  const statuses = [];
  for (const endpoint of ['token', 'revoke', 'par', 'token', 'token']) {
    statuses.push(await ask(endpoint, '192.0.2.1', { origin: 'https://page.example' }));
  }
  expect(statuses).toEqual([415, 415, 201, 415, 429]);
  for (const endpoint of ['token', 'revoke']) expect(await ask(endpoint, '192.0.2.1')).toBe(415);
  expect(await ask('par', '192.0.2.1')).toBe(201);
});

test('counts images of a page apart from the requests of its visitor’s programs', async () => {
  const { ask } = await asking({ tokenRequestsPerAddressPerHour: 2 });
  const image = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
  const statuses = [];
  for (let time = 0; time < 3; time += 1) statuses.push(await ask('userinfo', '192.0.2.1', image));
  expect(statuses).toEqual([401, 401, 429]);
  expect(await ask('userinfo', '192.0.2.1')).toBe(401);
});

describe('begins nothing for a background request of a page', () => {
  const app = attackedApp();

  test.each([
    ['an image', { 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' }],
    ['a script', { 'sec-fetch-dest': 'script', 'sec-fetch-mode': 'no-cors' }],
    ['a fetch', { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' }],
    ['a frame', { 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' }],
    ['a prefetch', { 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' }],
  ])('%s', async (_title, headers) => {
    const client = await newClient(app());
    const response = await fetch(client.url(), { headers, redirect: 'manual' });
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
    const followed = { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };
    expect((await fetch(client.url(), { headers: followed, redirect: 'manual' })).status).toBe(303);
  });
});
