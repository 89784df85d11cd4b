import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

const KNOWN = ['open', 'close', 'clear', 'registration.mode'] as const;

test.each([
  ['open', 'open'],
  ['OPEN', 'open'],
  ['opn', 'open'],
  ['poen', 'open'],
  ['opeen', 'open'],
  ['cloze', 'close'],
  ['claer', 'clear'],
  ['registration.moed', 'registration.mode'],
  ['registratoin.mod', 'registration.mode'],
  ['pn', undefined],
  ['cash', undefined],
  ['', undefined],
  ['x'.repeat(200_000), undefined],
])('the nearest known word to %j is %s', (word, expected) => {
  expect(nearest(word, KNOWN)).toBe(expected);
});

test('the first of two equally near words is suggested', () => {
  expect(nearest('clone', ['clove', 'close'])).toBe('clove');
  expect(nearest('clone', ['close', 'clove'])).toBe('close');
});
