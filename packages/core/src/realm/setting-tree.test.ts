import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leavesOf, merged, objectOf, without } from './setting-tree.ts';
import { DEFAULT_REALM_SETTINGS } from './settings.ts';

const PATHS = leavesOf(DEFAULT_REALM_SETTINGS).map(({ path }) => path);

test('objectOf creates an object with exactly one setting', () => {
  fc.assert(
    fc.property(fc.constantFrom(...PATHS), fc.jsonValue(), (path, value) => {
      const whole = merged<unknown>(DEFAULT_REALM_SETTINGS, objectOf(path, [value]));
      expect(leavesOf(whole).find((leaf) => leaf.path === path)?.value).toEqual([value]);
      expect(leavesOf(whole)).toHaveLength(PATHS.length);
    }),
  );
});

test('without leaves out exactly some settings', () => {
  fc.assert(
    fc.property(fc.subarray(PATHS), (paths) => {
      const rest = without(DEFAULT_REALM_SETTINGS, new Set(paths));
      expect(leavesOf(rest).map(({ path }) => path)).toEqual(PATHS.filter((path) => !paths.includes(path)));
    }),
  );
  expect(without({ a: { b: 1 }, c: 2 }, new Set(['a.b']))).toEqual({ c: 2 });
});
