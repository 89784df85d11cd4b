import { expect, test } from 'vitest';
import type { TraceEntry, TraceValue } from '../policy/rule.ts';
import { changesOf, recordedUris } from './trace.ts';

const dropped = (from: TraceValue): TraceEntry => ({ rule: 'scope.open', outcome: 'dropped', from });
const items = (count: number): string[] => Array.from({ length: count }, (_, index) => `item ${index}`);

test.each<[string, TraceValue, TraceValue]>([
  ['an absent value', undefined, undefined],
  ['a text of 120 characters', 'a'.repeat(120), 'a'.repeat(120)],
  ['a text of 121 characters', 'a'.repeat(121), `${'a'.repeat(120)}…`],
  ['a list of 12 items', items(12), items(12)],
  ['a list of 14 items', items(14), [...items(12), '… 2 more']],
  ['a list with a long item', ['a'.repeat(121)], [`${'a'.repeat(120)}…`]],
])('%s is kept in a trace as far as one can read it', (_, from, expected) => {
  expect(changesOf([dropped(from)])).toEqual([dropped(expected)]);
});

test('a trace tells of both sides of what was narrowed, and of nothing that was kept', () => {
  const narrowed = { rule: 'scope.open', outcome: 'narrowed' } as const;
  const trace: readonly TraceEntry[] = [
    { rule: 'body.json', outcome: 'kept' },
    { ...narrowed, from: items(13), to: 'b'.repeat(121) },
  ];
  expect(changesOf(trace)).toEqual([
    { ...narrowed, from: [...items(12), '… 1 more'], to: `${'b'.repeat(120)}…` },
  ]);
});

test('redirect URIs are recorded with their host, up to 512 characters each', () => {
  const uri = `https://app.example/${'x'.repeat(600)}`;
  expect(recordedUris(['https://app.example/cb', uri])).toEqual([
    'https://app.example/cb',
    `${uri.slice(0, 512)}…`,
  ]);
});
