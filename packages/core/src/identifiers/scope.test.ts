import { expect, test } from 'vitest';
import { formatScope, parseScope } from './scope.ts';

test.each([
  ['notes:read', ['notes:read']],
  ['notes:read notes:write', ['notes:read', 'notes:write']],
  ['  a   b ', ['a', 'b']],
  ['a a', ['a']],
  ['', []],
  ["!#[]^_`{|}~'", ["!#[]^_`{|}~'"]],
  ['a"b', undefined],
  ['a\\b', undefined],
  ['a\tb', undefined],
  ['a\nb', undefined],
  ['é', undefined],
])('reads %j as %j', (value, expected) => {
  expect(parseScope(value)).toEqual(expected);
});

test('writes names as a scope value', () => {
  expect(formatScope(['a', 'b'])).toBe('a b');
});
