import { expect, test } from 'vitest';
import { canonicalLanguage } from './language.ts';

test.each<[string, string | undefined]>([
  ['ja-jpan-jp', 'ja-Jpan-JP'],
  ['DE', 'de'],
  ['x', undefined],
  ['', undefined],
  ['en_US', undefined],
  [`en-u-${'a1b-'.repeat(7)}ab`, canonicalOf(`en-u-${'a1b-'.repeat(7)}ab`)],
  [`en-x-${'abcdefgh-'.repeat(3)}abc`, `en-x-${'abcdefgh-'.repeat(3)}abc`],
  [`en-x-${'abcdefgh-'.repeat(3)}abcd`, undefined],
  [`en-x-${'abcdefgh-'.repeat(4)}a`, undefined],
])('the one spelling of %j is %j', (tag, expected) => {
  expect(canonicalLanguage(tag)).toBe(expected);
});

/** The result of the runtime for a tag, if it supports that. */
function canonicalOf(tag: string): string | undefined {
  return tag.length > 35 ? undefined : Intl.getCanonicalLocales(tag)[0];
}

test('a tag of any length takes no longer to refuse than to measure', () => {
  expect(canonicalLanguage(`en-u-${'b1000-'.repeat(20_000)}x`)).toBeUndefined();
});
