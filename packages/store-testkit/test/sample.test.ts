import { DEFAULT_REALM_SETTINGS } from '@vestibule/core/realm';
import { expect, test } from 'vitest';
import { unusualSettings } from '../src/sample/settings.ts';

/** Every path to a value that is not an object, with the value. */
function leavesOf(value: object, path = ''): readonly (readonly [path: string, value: unknown])[] {
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? leavesOf(member, `${path}${name}.`)
      : [[`${path}${name}`, member] as const],
  );
}

test.each(leavesOf(DEFAULT_REALM_SETTINGS))(
  'the sample realm has something else for %s than the default',
  (path, value) => {
    const leaves = new Map(leavesOf(unusualSettings));
    expect([...leaves.keys()]).toContain(path);
    expect(leaves.get(path)).not.toEqual(value);
  },
);
