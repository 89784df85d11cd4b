import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lookalikeKey } from './lookalike.ts';

describe('names that look alike have one key', () => {
  test.each([
    [
      'Acme',
      'ACME',
      'ACRNE',
      'Аcме',
      '🄰🄲🄼🄴',
      '🅰🅲🅼🅴',
      '🅐🅒🅜🅔',
      '🇦🇨🇲🇪',
      'Ⓐⓒⓜⓔ',
      'ᴀᴄᴍᴇ',
      'Åçmé',
      'Λcme',
      '𝒜𝒸𝓂ℯ',
      'ᗩᑕᗰE',
      '卂匚爪乇',
      'αƈмҽ',
    ],
    ['Illinois', 'lllinois', 'ILLINOIS', '1ll1no1s', '|ll|nois', 'ıllınoıs'],
    ['Яндекс', 'ЯНДЕКС', 'яндекс'],
    ['Notion', 'Νоtιоn', 'ИOTIOИ', 'ɴᴏᴛɪᴏɴ'],
  ])('%s', (name, ...others) => {
    for (const other of others) expect(lookalikeKey(other)).toBe(lookalikeKey(name));
  });
});

test('the key of two texts in a row is the key of the first and the key of the second', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
      expect(lookalikeKey(`x${one}xx${other}x`)).toBe(lookalikeKey(`x${one}x`) + lookalikeKey(`x${other}x`));
    }),
  );
});

test('a key is made of whole characters, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(lookalikeKey(text)).not.toMatch(/[\p{Mn}\p{Me}A-Zi]/u);
    }),
  );
});
