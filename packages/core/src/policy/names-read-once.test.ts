import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Registration, realmWith } from '../../test/support/realm.ts';
import { BODY, setUp } from '../../test/support/set-up.ts';
import { vendorNamed } from '../client/vendor-named.ts';
import { findRealm } from '../realm/find.ts';
import { judgeAgain } from './judge-again.ts';

/** Every text that was converted to capitals, as each name that is compared with is once. */
const read: string[] = [];

afterEach(() => {
  vi.restoreAllMocks();
  read.length = 0;
});

function watch(): void {
  const { toUpperCase } = String.prototype;
  vi.spyOn(String.prototype, 'toUpperCase').mockImplementation(function counted(this: string) {
    read.push(this);
    return toUpperCase.call(this);
  });
}

/** How often a name was prepared since the last call. */
const timesRead = (name: string): number => read.splice(0).filter((text) => text === name).length;

const issuer = 'https://vouch.example';
const MANY = Object.fromEntries(['de', 'fr', 'it'].map((tag) => [`client_name#${tag}`, `Agent ${tag}`]));
const ASKED = { ...BODY, ...MANY, client_name: 'Quiet agent' };

describe('names that a realm protects are made ready once, whatever number of requests is compared with them', () => {
  test.each<[string, string, Registration]>([
    ['reserved names', 'Quillon', { reservedNames: ['Quillon'] }],
    ['names of vendors', 'Harpoon Mail', { vendors: [{ name: 'Harpoon Mail', hosts: [] }] }],
    [
      'names of a policy on trial',
      'Wolfram Post',
      { candidate: { unsupportedTypes: 'refuse', reservedNames: ['Wolfram Post'], vendors: [] } },
    ],
    [
      'names of those whose word counts',
      'Vouching House',
      {
        softwareStatements: {
          issuers: [{ name: 'Vouching House', issuer, jwksUri: `${issuer}/keys`, algorithms: ['ES256'] }],
          untrusted: 'ignore',
        },
      },
    ],
  ])('%s', async (_, name, settings) => {
    const { registrar, realms, stored, registered } = setUp(realmWith(settings));
    watch();
    expect(await registrar.preview('main', ASKED)).toMatchObject({ ok: true });
    expect(timesRead(name)).toBeGreaterThan(0);
    const { client_id } = await registered(ASKED);
    expect(await registrar.preview('main', ASKED)).toMatchObject({ ok: true });
    const realm = await findRealm(realms, 'main');
    if (realm === undefined) throw new Error('The realm is gone.');
    judgeAgain(await stored(client_id), realm);
    vendorNamed(await stored(client_id), realm);
    expect(timesRead(name)).toBe(0);
  });

  test('the realm’s own name', async () => {
    const { registrar } = setUp({ ...realmWith(), name: 'Ostrich House' });
    watch();
    await registrar.preview('main', ASKED);
    expect(timesRead('Ostrich House')).toBeGreaterThan(0);
    await registrar.preview('main', ASKED);
    expect(timesRead('Ostrich House')).toBe(0);
  });
});

test('a name that is reserved since counts at the next request', async () => {
  const { registrar, change } = setUp(realmWith({ reservedNames: ['Pelican'] }));
  const asked = { ...BODY, client_name: 'Gannet' };
  expect(await registrar.preview('main', asked)).toMatchObject({ ok: true });
  await change(realmWith({ reservedNames: ['Pelican', 'Gannet'] }));
  expect(await registrar.preview('main', asked)).toMatchObject({
    ok: false,
    refusal: { rule: 'client-name.reserved' },
  });
  await change(realmWith({ reservedNames: ['Pelican'] }));
  expect(await registrar.preview('main', asked)).toMatchObject({ ok: true });
});
