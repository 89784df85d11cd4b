import { expect, test } from 'vitest';
import { realmSettings } from './realm-settings.ts';
import { DEFAULT_REALM_SETTINGS, type PartialRealmSettings } from './settings.ts';

/** Settings as a program without types may pass them. */
const untyped = (json: string): PartialRealmSettings => JSON.parse(json);

test('realmSettings adds the default of every setting that is left out', () => {
  expect(realmSettings()).toEqual(DEFAULT_REALM_SETTINGS);
  expect(realmSettings({ keys: { algorithm: 'EdDSA', compromised: true } }).keys).toEqual({
    ...DEFAULT_REALM_SETTINGS.keys,
    algorithm: 'EdDSA',
    compromised: true,
  });
});

test('realmSettings takes a setting that is undefined for one that is left out', () => {
  const open: { readonly open?: boolean } = {};
  const registration = { open: open.open } as { open: boolean };
  expect(realmSettings({ registration }).registration.open).toBe(false);
});

test.each([
  ['a misspelled setting', '{"registration":{"opne":true}}', 'registration.opne: unknown setting.'],
  [
    'a setting of another type',
    '{"registration":{"open":"yes"}}',
    'registration.open: must be true or false',
  ],
  ['a contradiction', '{"lifecycle":{"dormant":1}}', 'lifecycle.dormant: must be longer than'],
  ['several problems', '{"lifetimes":{"code":0},"lifecycel":{}}', 'lifecycel: unknown setting.'],
])('realmSettings throws a TypeError that names %s', (_, json, words) => {
  expect(() => realmSettings(untyped(json))).toThrow(TypeError);
  expect(() => realmSettings(untyped(json))).toThrow(words);
});
