import { EMPTY_REALM } from '@vestibule/testing/realm';
import { expect, test } from 'vitest';
import { ADA } from '../../test/support/realm.ts';
import { setUp } from '../../test/support/set-up.ts';
import { createMemoryRealmStore } from '../memory/index.ts';
import { contradictions } from './contradictions.ts';
import { completeRealm, findRealm } from './find.ts';
import { DEFAULT_REALM_SETTINGS } from './settings.ts';

test('a realm whose stored settings contradict each other is still found', async () => {
  const settings = { lifecycle: { dormant: 1 }, registration: { limits: { siteTimes: 99 } } };
  const found = await findRealm(createMemoryRealmStore({ ...EMPTY_REALM, settings }), 'main');
  expect(found?.settings.lifecycle).toEqual({ ...DEFAULT_REALM_SETTINGS.lifecycle, dormant: 1 });
  expect(found && contradictions(found.settings)).toHaveLength(2);
});

test('a change stores only what was chosen, and a refused one stores and records nothing', async () => {
  const { operator, realms, audit } = setUp({ ...EMPTY_REALM, settings: { registration: { open: true } } });
  const change = (set: unknown) => operator.settings.change(ADA, 'main', { set });
  expect(await change({ lifetimes: { code: 30 } })).toMatchObject({ outcome: 'changed' });
  const chosen = { registration: { open: true }, lifetimes: { code: 30 } };
  expect((await realms.find('main'))?.settings).toEqual(chosen);
  expect(await change({ lifecycle: { dormant: '1s' } })).toEqual({
    outcome: 'refused',
    problems: [expect.objectContaining({ place: 'lifecycle.dormant' })],
  });
  expect((await realms.find('main'))?.settings).toEqual(chosen);
  expect(audit.events).toHaveLength(1);
  expect((await findRealm(realms, 'main'))?.settings.lifetimes).toEqual({
    ...DEFAULT_REALM_SETTINGS.lifetimes,
    code: 30,
  });
});

test('a realm is completed once until another one is stored', async () => {
  const realms = createMemoryRealmStore({ ...EMPTY_REALM, settings: {} });
  const first = await findRealm(realms, 'main');
  expect(await findRealm(realms, 'main')).toBe(first);
  expect(first && completeRealm(first)).toBe(first);
  await realms.replace({ ...EMPTY_REALM, settings: { lifetimes: { code: 30 } } }, 1);
  const second = await findRealm(realms, 'main');
  expect(second?.settings.lifetimes.code).toBe(30);
  expect(await findRealm(realms, 'main')).toBe(second);
});

test('a record that its directory changes in place counts as it is now', async () => {
  const record = { ...EMPTY_REALM, settings: { lifetimes: { code: 30 } } };
  const realms = { find: async () => record };
  expect((await findRealm(realms, 'main'))?.settings.lifetimes.code).toBe(30);
  record.settings = { lifetimes: { code: 20 } };
  expect((await findRealm(realms, 'main'))?.settings.lifetimes.code).toBe(20);
});
