import { DEFAULT_REALM_SETTINGS, realmSettings } from '@vestibule/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leavesOf, merged, objectOf } from '../src/settings/leaves.ts';
import { settingsSchema } from '../src/settings/schema.ts';
import { openOffice } from './support/office.ts';

const settingsIn = async ({ database }: Awaited<ReturnType<typeof openOffice>>) =>
  (await database.stores.realms.find('main'))?.settings;

test('every setting is shown, with its default where it is another', async () => {
  const office = await openOffice();
  await office.call(['settings', 'set', 'registration.limits.perAddressPerHour', '20']);
  const { stdout } = await office.call(['settings'], { columns: 200 });
  expect(stdout).toMatch(/registration\.limits\.perAddressPerHour +20 +5/);
  for (const { path } of leavesOf(DEFAULT_REALM_SETTINGS)) expect(stdout).toContain(path);
  expect(await office.json(['settings'])).toMatchObject({
    registration: { limits: { perAddressPerHour: 20 } },
  });
});

describe('a setting', () => {
  test.each<[string, string, unknown]>([
    ['registration.mode', 'both', 'both'],
    ['registration.open', 'false', false],
    ['lifetimes.accessToken', '60', 60],
    ['registration.refusedRedirectHosts', '["EVIL.example"]', ['evil.example']],
    ['keys.algorithm', 'EdDSA', 'EdDSA'],
  ])('is changed at once, with an event: %s %s', async (path, value, expected) => {
    const office = await openOffice();
    expect(await office.json(['settings', 'set', path, value])).toEqual({ [path]: expected });
    const leaf = leavesOf(await settingsIn(office)).find((one) => one.path === path);
    expect(leaf?.value).toEqual(expected);
    const { items } = await office.database.stores.audit.list('main', { limit: 10 });
    expect(items).toEqual([expect.objectContaining({ type: 'settings.changed', paths: [path] })]);
  });

  test.each<[string, string, string]>([
    ['registration.mode', 'everybody', 'registration.mode: '],
    ['registration.moed', 'both', 'registration: '],
    ['lifetimes.accessToken', '0', 'lifetimes.accessToken: '],
    ['lifetimes', '5', 'lifetimes: '],
    ['registration.limits.egressRanges', '[{"name":"x","ranges":["x"],"perHour":1}]', 'CIDR notation'],
    ['keys.publishBefore', '99999999', 'publishBefore must be shorter'],
    ['__proto__.open', 'true', '(the whole)'],
  ])('that is wrong changes nothing, and is named: %s %s', async (path, value, named) => {
    const office = await openOffice();
    const before = await settingsIn(office);
    const { code, stderr } = await office.call(['settings', 'set', path, value]);
    expect(code).toBe(1);
    expect(stderr).toContain('Nothing was changed');
    expect(stderr).toContain(named);
    expect(await settingsIn(office)).toEqual(before);
  });

  test('gets its default again, alone or with all below a path', async () => {
    const office = await openOffice();
    await office.call(['settings', 'set', 'registration.limits.perAddressPerHour', '20']);
    await office.call(['settings', 'set', 'registration.limits.perRealmPerDay', '30']);
    await office.call(['settings', 'reset', 'registration.limits']);
    expect((await settingsIn(office))?.registration.limits).toEqual(
      DEFAULT_REALM_SETTINGS.registration.limits,
    );
    const { code, stderr } = await office.call(['settings', 'reset', 'registration.limts']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('There is no setting registration.limts')]);
  });
});

test('a file changes all that it names, or nothing', async () => {
  const office = await openOffice();
  const apply = (json: unknown) =>
    office.call(['settings', 'apply', '-'], {
      input: typeof json === 'string' ? json : JSON.stringify(json),
    });
  expect((await apply({ registration: { mode: 'both', open: true }, lifetimes: { code: 30 } })).code).toBe(0);
  expect(await settingsIn(office)).toMatchObject({
    registration: { mode: 'both', open: true },
    lifetimes: { code: 30, accessToken: 900 },
  });
  const before = await settingsIn(office);
  expect((await apply({ registration: { mode: 'anonymous' }, lifetimes: { code: 'soon' } })).code).toBe(1);
  expect((await apply('{"registration"')).stderr).toContain('is not JSON');
  expect(await settingsIn(office)).toEqual(before);
});

test('what was asked of the keys stays when another setting changes', async () => {
  const office = await openOffice();
  await office.call(['keys', 'replace', '--compromised']);
  await office.call(['settings', 'set', 'keys.rotateAfter', '86400']);
  expect((await settingsIn(office))?.keys).toMatchObject({ compromised: true, rotateAfter: 86_400 });
});

test('every default is one that may be chosen', () => {
  expect(settingsSchema.safeParse(DEFAULT_REALM_SETTINGS).error?.issues ?? []).toEqual([]);
});

test('a path and a value make an object that has that one setting', () => {
  const paths = leavesOf(realmSettings()).map(({ path }) => path);
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
      const whole = merged(realmSettings(), objectOf(path, [value]));
      expect(leavesOf(whole).find((leaf) => leaf.path === path)?.value).toEqual([value]);
      expect(leavesOf(whole)).toHaveLength(leavesOf(realmSettings()).length);
    }),
  );
});
