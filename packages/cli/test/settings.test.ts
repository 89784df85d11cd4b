import {
  DEFAULT_REALM_SETTINGS,
  leavesOf,
  type RealmSettings,
  withDefaultSettings,
} from '@vestibule/core/realm';
import { describe, expect, test } from 'vitest';
import { openCli } from './support/test-cli.ts';

const chosenIn = async ({ database }: Awaited<ReturnType<typeof openCli>>) =>
  (await database.stores.realms.find('main'))?.settings;

const settingsIn = async (cli: Awaited<ReturnType<typeof openCli>>) =>
  withDefaultSettings((await chosenIn(cli)) ?? {});

test('settings lists every setting, with its default if that is different', async () => {
  const cli = await openCli();
  await cli.call(['settings', 'set', 'registration.limits.perAddressPerHour', '20']);
  const { stdout } = await cli.call(['settings'], { columns: 200 });
  expect(stdout).toMatch(/registration\.limits\.perAddressPerHour +20 +5/);
  for (const { path } of leavesOf(DEFAULT_REALM_SETTINGS)) expect(stdout).toContain(path);
  expect(await cli.json(['settings'])).toMatchObject({
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
  ])('is changed immediately with an audit event: %s %s', async (path, value, expected) => {
    const cli = await openCli();
    expect(await cli.json(['settings', 'set', path, value])).toEqual({ [path]: expected });
    const leaf = leavesOf(await settingsIn(cli)).find((one) => one.path === path);
    expect(leaf?.value).toEqual(expected);
    const { items } = await cli.database.stores.audit.list('main', { limit: 10 });
    expect(items).toEqual([expect.objectContaining({ type: 'settings.changed', paths: [path] })]);
  });

  test.each<[string, string, string]>([
    ['registration.mode', 'everybody', 'registration.mode: '],
    ['registration.moed', 'both', 'registration.moed: unknown setting. Did you mean registration.mode?'],
    [
      'registration.mode',
      'bth',
      'registration.mode: must be "anonymous" or "initial-access-token" or "both"',
    ],
    ['registration.open', '"yes"', 'registration.open: must be true or false'],
    ['registration.limits.perAddressPerHour', '1.5', 'perAddressPerHour: must be a whole number'],
    ['registration.limits.perAddressPerHour', '-1', 'perAddressPerHour: must be at least 0'],
    ['limits.sessionsPerPerson', '5m', 'limits.sessionsPerPerson: must be a number'],
    ['limits.sessionsPerPerson', '0', 'limits.sessionsPerPerson: must be at least 1'],
    ['limits.pendingAuthorizations', '0', 'limits.pendingAuthorizations: must be at least 1'],
    ['limits.pendingPushedRequests', '0', 'limits.pendingPushedRequests: must be at least 1'],
    ['limits.organizationPercentOfPending', '0', 'organizationPercentOfPending: must be at least 1'],
    ['registration.limits.organizationPercentOfDay', '0', 'organizationPercentOfDay: must be at least 1'],
    [
      'registration.limits.organizationPercentOfHour',
      '101',
      'organizationPercentOfHour: must be at most 100',
    ],
    ['registration.reservedNames', 'Acme', 'registration.reservedNames: must be a list'],
    ['registration.reservedNames', '[""]', 'registration.reservedNames[0]: must be at least 1 character'],
    ['lifetimes.accessToken', '5x', 'lifetimes.accessToken: must be a duration: 5m, 12h 30m, 90d'],
    ['lifetimes.accessToken', 'true', 'lifetimes.accessToken: must be a duration'],
    ['consent.durations', '["soon"]', 'consent.durations[0]: must be a duration such as 30d'],
    ['lifetimes.accessToken', '0', 'lifetimes.accessToken: '],
    ['lifetimes', '5', 'lifetimes: must be an object'],
    ['registration.limits.egressRanges', '[{"name":"x","ranges":["x"],"perHour":1}]', 'CIDR notation'],
    ['keys.publishBefore', '99999999', 'keys.publishBefore: must be shorter than keys.rotateAfter'],
    ['consent.durations', '[]', 'consent.durations: must name at least one duration, or "until-revoked"'],
    ['lifetimes.accessToken', '1e15', 'lifetimes.accessToken: must be at most 30d'],
    ['lifetimes.accessToken', '31d', 'lifetimes.accessToken: must be at most 30d'],
    ['lifetimes.refreshToken', '3651d', 'lifetimes.refreshToken: must be at most 3650d'],
    ['lifetimes.session', '366d', 'lifetimes.session: must be at most 365d'],
    ['lifetimes.code', '86401', 'lifetimes.code: must be at most 1d'],
    ['lifetimes.transaction', '2d', 'lifetimes.transaction: must be at most 1d'],
    ['lifetimes.pushedRequest', '2d', 'lifetimes.pushedRequest: must be at most 1d'],
    ['lifetimes.idToken', '2d', 'lifetimes.idToken: must be at most 1d'],
    ['lifetimes.refreshGrace', '2d', 'lifetimes.refreshGrace: must be at most 1d'],
    ['lifecycle.asleep', '1e15', 'lifecycle.asleep: must be at most 365000d'],
    ['keys.rotateAfter', '1e15', 'keys.rotateAfter: must be at most 365000d'],
    [
      'registration.limits.egressRanges',
      '[{"name":"a","ranges":["192.0.2.0/24"],"perHour":1},{"name":"a","ranges":["192.0.2.0/25"],"perHour":1}]',
      'registration.limits.egressRanges[1].name: is the name of another network',
    ],
    [
      'registration',
      '{"allowedRedirectHosts":["b.example","a.example"],"refusedRedirectHosts":["A.example"]}',
      'registration.allowedRedirectHosts[1]: is also in refusedRedirectHosts',
    ],
    [
      'registration',
      '{"allowedRedirectHosts":["app.a.example:8443"],"refusedRedirectHosts":["*.a.example"]}',
      'registration.allowedRedirectHosts[0]: is also in refusedRedirectHosts',
    ],
    [
      'registration.candidate',
      '{"allowedRedirectHosts":["a.example"],"refusedRedirectHosts":["a.example"]}',
      'registration.candidate.allowedRedirectHosts[0]: is also in refusedRedirectHosts',
    ],
    ['__proto__.open', 'true', '__proto__: unknown setting.'],
  ])('is named and not changed if its value is invalid: %s %s', async (path, value, named) => {
    const cli = await openCli();
    const before = await settingsIn(cli);
    const { code, stderr } = await cli.call(['settings', 'set', path, value]);
    expect(code).toBe(1);
    expect(stderr).toContain('Nothing was changed');
    expect(stderr).toContain(named);
    expect(stderr).not.toMatch(/Invalid|expected|received|Unrecognized/);
    expect(await settingsIn(cli)).toEqual(before);
  });

  test('refuses a host that another setting allows, but may refuse a part of an allowed pattern', async () => {
    const cli = await openCli();
    await cli.call(['settings', 'set', 'registration.allowedRedirectHosts', '["*.a.example","b.example"]']);
    const set = (refused: readonly string[]) =>
      cli.call(['settings', 'set', 'registration.refusedRedirectHosts', JSON.stringify(refused)]);
    expect(await set(['evil.a.example', 'b.example:8443'])).toMatchObject({ code: 0 });
    expect(await set(['b.example'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'registration.allowedRedirectHosts[1]: is also in refusedRedirectHosts',
      ),
    });
  });

  test('is reset to its default, alone or with all settings below a path', async () => {
    const cli = await openCli();
    await cli.call(['settings', 'set', 'registration.limits.perAddressPerHour', '20']);
    await cli.call(['settings', 'set', 'registration.limits.perRealmPerDay', '30']);
    await cli.call(['settings', 'reset', 'registration.limits']);
    expect((await settingsIn(cli)).registration.limits).toEqual(DEFAULT_REALM_SETTINGS.registration.limits);
    const { code, stderr } = await cli.call(['settings', 'reset', 'registration.limts']);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('registration.limts: unknown setting. Did you mean registration.limits?'),
    ]);
  });
});

describe('a duration', () => {
  const seconds: [string, unknown, (settings: RealmSettings) => unknown, unknown][] = [
    ['lifetimes.accessToken', '5m', ({ lifetimes }) => lifetimes.accessToken, 300],
    ['lifetimes.refreshToken', '90d', ({ lifetimes }) => lifetimes.refreshToken, 7_776_000],
    ['lifetimes.refreshGrace', '0s', ({ lifetimes }) => lifetimes.refreshGrace, 0],
    ['lifetimes.session', '12h 30m', ({ lifetimes }) => lifetimes.session, 45_000],
    ['lifecycle.dormant', '26w', ({ lifecycle }) => lifecycle.dormant, 15_724_800],
    ['keys.rotateAfter', '30d', ({ keys }) => keys.rotateAfter, 2_592_000],
    ['keys.publishBefore', '2h', ({ keys }) => keys.publishBefore, 7_200],
    [
      'consent.durations',
      ['until-revoked', '1h', 86_400],
      ({ consent }) => consent.durations,
      ['until-revoked', 3_600, 86_400],
    ],
    ['lifetimes.accessToken', '900', ({ lifetimes }) => lifetimes.accessToken, 900],
  ];
  test.each(seconds)('as the setting %s may be %j', async (path, value, of, expected) => {
    const cli = await openCli();
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    expect(await cli.call(['settings', 'set', path, text])).toMatchObject({ code: 0 });
    const settings = await settingsIn(cli);
    expect(of(settings)).toEqual(expected);
  });
});

test('settings apply changes all settings in a file, or none', async () => {
  const cli = await openCli();
  const apply = (json: unknown) =>
    cli.call(['settings', 'apply', '-'], {
      input: typeof json === 'string' ? json : JSON.stringify(json),
    });
  expect((await apply({ registration: { mode: 'both', open: true }, lifetimes: { code: 30 } })).code).toBe(0);
  expect(await settingsIn(cli)).toMatchObject({
    registration: { mode: 'both', open: true },
    lifetimes: { code: 30, accessToken: 900 },
  });
  const before = await settingsIn(cli);
  expect((await apply({ registration: { mode: 'anonymous' }, lifetimes: { code: 'soon' } })).code).toBe(1);
  expect((await apply('{"registration"')).stderr).toContain('is not JSON');
  expect(await settingsIn(cli)).toEqual(before);
});

test('a requested key replacement is kept when another setting changes', async () => {
  const cli = await openCli();
  await cli.call(['keys', 'replace', '--compromised']);
  await cli.call(['settings', 'set', 'keys.rotateAfter', '86400']);
  expect((await settingsIn(cli)).keys).toMatchObject({ compromised: true, rotateAfter: 86_400 });
});
