import { expect, test } from 'vitest';
import { apiPage, apiPath, mendLinks } from './api-page.ts';

const ENTRY = {
  name: '@vestibule/core/policy',
  file: '/packages/core/src/policy/index.ts',
  module: 'core/src/policy',
  description: 'The policy.',
};

test('a page says what a program imports and what the package is', () => {
  expect(apiPage('# core/src/policy\n\n## Functions\n', ENTRY)).toBe(
    '# @vestibule/core/policy\n\nThe policy.\n\n## Functions\n',
  );
  expect(apiPath(ENTRY.name)).toBe('core-policy');
});

test('links lead to the heading with the same capitals', () => {
  const anchors = new Map([
    ['RealmSettings', 'realmsettings'],
    ['realmSettings()', 'realmsettings-1'],
  ]);
  const mend = (text: string): string => mendLinks(text, () => anchors);
  expect(mend('[`realmSettings`](core.md#realmsettings-3)')).toBe(
    '[`realmSettings`](core.md#realmsettings-1)',
  );
  expect(mend('[`RealmSettings`](#realmsettings-3)')).toBe('[`RealmSettings`](#realmsettings)');
  expect(mend('[`id`](#property-id-3)')).toBe('[`id`](#property-id-3)');
});
