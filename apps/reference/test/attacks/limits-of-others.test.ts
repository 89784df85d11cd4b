/**
 * Limits that are spent for others: one network, or a page that many people visit, uses what everybody shares, and those
 * who come after are refused.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/645.html CWE-645}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-5 RFC 7591 §5}
 *
 * Taken out: packages/core/src/registration/reserve.ts: `...(share < limits.perRealmPerDay` → `...(share < 0`
 * Then fails: one organization leaves most of the day to others
 * Taken out: packages/core/src/registration/networks.ts: `...(site === undefined ? []` → `...(true ? []`
 * Then fails: an IPv6 /56 is no 256 addresses
 * Taken out: packages/core/src/registration/fingerprint.ts: ` || isVendorsPlace(parsed.uri, vendors)` → ``
 * Then fails: the callback of a known vendor is not locked
 * Taken out: packages/core/src/registration/networks.ts: `origin === undefined ? addressKey : ` → `origin === undefined || true ? addressKey : `
 * Then fails: a page does not spend what the programs of its visitor may register
 * Taken out: packages/server/src/endpoints/authorize.ts: `if (!mayBeNavigation(request.headers))` → `if (false)`
 * Then fails: what a page loads in the background begins nothing
 */
import type { RegistrationLimits } from '@vestibule/core';
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

test('one organization leaves most of the day to others', async () => {
  const register = await registering({ perAddressPerHour: 2, perRealmPerDay: 20 });
  const statuses = [];
  for (let host = 0; host < 12; host += 1) statuses.push(await register(`2001:db8:1:${host}00::1`));
  expect(statuses).toEqual([201, 201, 201, 201, 201, ...Array.from({ length: 7 }, () => 429)]);
  expect(await register('192.0.2.1')).toBe(201);
  expect(await register('2001:db8:2::1')).toBe(201);
});

test('an IPv6 /56 is no 256 addresses', async () => {
  const register = await registering({ perAddressPerHour: 1, siteTimes: 2, perRealmPerDay: 1_000 });
  const statuses = [];
  for (let network = 0; network < 5; network += 1) statuses.push(await register(`2001:db8:1:${network}::1`));
  expect(statuses).toEqual([201, 201, 429, 429, 429]);
});

test('the callback of a known vendor is not locked', async () => {
  const register = await registering({ perRedirectUrisPerHour: 2 });
  const callback = 'https://claude.ai/api/mcp/auth_callback';
  for (let network = 0; network < 4; network += 1) {
    expect(await register(`192.0.${network}.1`, callback)).toBe(201);
  }
});

test('a page does not spend what the programs of its visitor may register', async () => {
  const register = await registering({ perAddressPerHour: 2 });
  const origin = { origin: 'https://page.example' };
  const statuses = [];
  for (let time = 0; time < 4; time += 1) statuses.push(await register('192.0.2.1', undefined, origin));
  expect(statuses).toEqual([201, 201, 429, 429]);
  expect(await register('192.0.2.1')).toBe(201);
});

describe('what a page loads in the background begins nothing', () => {
  const app = attackedApp();

  test.each([
    ['an image', { 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' }],
    ['a script', { 'sec-fetch-dest': 'script', 'sec-fetch-mode': 'no-cors' }],
    ['a fetch', { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' }],
    ['a frame', { 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' }],
    ['a look ahead', { 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' }],
  ])('%s', async (_title, headers) => {
    const client = await newClient(app());
    const response = await fetch(client.url(), { headers, redirect: 'manual' });
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
    const followed = { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };
    expect((await fetch(client.url(), { headers: followed, redirect: 'manual' })).status).toBe(303);
  });
});
