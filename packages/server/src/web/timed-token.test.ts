import { NOW } from '@vestibule/testing/now';
import { expect, test } from 'vitest';
import { countsFrom, judgeTimedToken, timedToken } from './timed-token.ts';

const form = { browserSecret: 'secret', purpose: 'sign-out' };
test.each([
  [0, 'too-soon'],
  [999, 'too-soon'],
  [1_000, 'good'],
  [3_600_000, 'good'],
])('judges a form %i ms after its page, with a reading time of one second: %s', (passed, verdict) => {
  const token = timedToken(form, countsFrom(NOW, 1_000, false));
  expect(judgeTimedToken(form, token, NOW + passed)).toBe(verdict);
});

test('accepts a form of a page that is displayed again at once', () => {
  const token = timedToken(form, countsFrom(NOW, 1_000, true));
  expect(judgeTimedToken(form, token, NOW)).toBe('good');
});

test('accepts every form if the reading time is 0', () => {
  const token = timedToken(form, countsFrom(NOW, 0, false));
  expect(judgeTimedToken(form, token, NOW)).toBe('good');
});

test.each<[string, (token: string) => string | null]>([
  ['none', () => null],
  ['an empty one', () => ''],
  ['one without a time', (token) => token.replace(/^[^.]*/, '')],
  ['one with another time', (token) => token.replace(/^[^.]*/, '1')],
  ['one whose time is not a number', (token) => token.replace(/^[^.]*/, 'NaN')],
  ['one with a suffix after its time', (token) => token.replace('.', '!.')],
  ['one in capitals', (token) => token.toUpperCase()],
])('does not take %s', (_, change) => {
  const token = timedToken(form, NOW);
  expect(judgeTimedToken(form, change(token), NOW)).toBe('stale');
});

test.each([
  ['browser', { ...form, browserSecret: 'another' }],
  ['page', { ...form, purpose: 'end-app:a' }],
])('does not take the token of another %s', (_, other) => {
  expect(judgeTimedToken(form, timedToken(other, NOW), NOW)).toBe('stale');
});
