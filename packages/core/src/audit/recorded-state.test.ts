import { describe, expect, test } from 'vitest';
import { differingPaths, recordedDifference } from './recorded-state.ts';

const many = (count: number, prefix = 'host'): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

describe('the recorded difference of two states', () => {
  test.each<[string, object | undefined, object | undefined, object]>([
    ['nothing, if nothing differs', { a: 1, b: ['x'] }, { b: ['x'], a: 1 }, { before: {}, after: {} }],
    [
      'only members that differ, by path',
      { name: 'A', limits: { day: 1, hour: 2 } },
      { name: 'A', limits: { day: 1, hour: 3 } },
      { before: { 'limits.hour': 2 }, after: { 'limits.hour': 3 } },
    ],
    [
      'a member that is new or gone on one side only',
      { gone: null, kept: true },
      { kept: true, fresh: 'x', absent: undefined },
      { before: { gone: null }, after: { fresh: 'x' } },
    ],
    ['no state before what is new', undefined, { name: 'A' }, { after: { name: 'A' } }],
    ['no state after what is gone', { name: 'A' }, undefined, { before: { name: 'A' } }],
    [
      'objects in a list as JSON',
      { keys: [] },
      { keys: [{ kid: 'a' }] },
      { before: { keys: [] }, after: { keys: ['{"kid":"a"}'] } },
    ],
    [
      'a long text cut',
      { name: 'x' },
      { name: 'y'.repeat(1_000) },
      { before: { name: 'x' }, after: { name: `${'y'.repeat(256)}…` } },
    ],
    [
      'of a long list only the items that differ',
      { hosts: [...many(500), 'old.example'] },
      { hosts: [...many(500), 'new.example'] },
      {
        before: { hosts: ['old.example', '… 500 unchanged'] },
        after: { hosts: ['new.example', '… 500 unchanged'] },
      },
    ],
    [
      'at most 16 items of a list',
      { hosts: [] },
      { hosts: many(500) },
      { before: { hosts: [] }, after: { hosts: [...many(16), '… 484 more'] } },
    ],
  ])('has %s', (_, before, after, expected) => {
    expect(recordedDifference(before, after)).toEqual(expected);
  });

  test('has at most 64 members, and says how many it leaves out', () => {
    const { after = {} } = recordedDifference({}, Object.fromEntries(many(1_000).map((name) => [name, 1])));
    expect(Object.keys(after)).toEqual([...many(64), '…']);
    expect(after['…']).toBe('936 more');
  });
});

test('differingPaths returns the paths of all differences', () => {
  expect(differingPaths({ a: { b: 1, c: [] }, d: 1 }, { a: { b: 2, c: [] }, e: 1 })).toEqual([
    'a.b',
    'd',
    'e',
  ]);
});
