import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repeatedMember } from './repeated-member.ts';

const repeatedIn = (json: string) => repeatedMember(json, JSON.parse(json));

test.each([
  ['{"a":1,"b":2}', undefined],
  ['{"a":1,"a":1}', "'a'"],
  ['{"a":1,"\\u0061":2}', "'a'"],
  ['{"a" : 1 , "a"\n:2}', "'a'"],
  ['{"a":{"b":1,"b":2}}', undefined],
  ['{"a":["a","a",{"a":1}],"b":"a\\":"}', undefined],
  ['[{"a":1},{"a":1}]', undefined],
  ['["a","a"]', undefined],
  ['{"__proto__":1,"__proto__":2}', "'__proto__'"],
  ['{"a":"}","a":"{"}', "'a'"],
  ['"a"', undefined],
  ['{"a":":","b":"\\":","c":"\\\\"}', undefined],
  ['{"a\\\\":1,"a\\\\":2}', '(2 characters, with U+005C)'],
  ['{"1":1,"b":[{"c":1}],"1":2}', "'1'"],
])('in %s it finds %s', (json, expected) => {
  expect(repeatedIn(json)).toBe(expected);
});

test('finds none in what was made from an object, and one where a member is put in again', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });
  fc.assert(
    fc.property(object, fc.boolean(), (value, spaced) => {
      const json = JSON.stringify(value, null, spaced ? 1 : 0);
      expect(repeatedIn(json)).toBeUndefined();
      const [name = ''] = Object.keys(value);
      expect(repeatedIn(`${json.slice(0, -1)},${JSON.stringify(name)}:0}`)).toBeDefined();
    }),
  );
});
