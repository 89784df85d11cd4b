import { NOW } from '@vestibule/testing/now';
import { expect, test } from 'vitest';
import { countsFrom, judgeTimedToken, timedToken } from './timed-token.ts';

const form = { browserSecret: 'secret', purpose: 'sign-out' };
test.each([
  [0, 'too-soon'],
  [999, 'too-soon'],
  [1_000, 'good'],
  [3_600_000, 'good'],
])(
  'judges an answer %i ms after its page, where a page is to be read for a second: %s',
  async (passed, verdict) => {
    const token = await timedToken(form, countsFrom(NOW, 1_000, false));
    expect(await judgeTimedToken(form, token, NOW + passed)).toBe(verdict);
  },
);

test('takes an answer to a page that is displayed again at once', async () => {
  const token = await timedToken(form, countsFrom(NOW, 1_000, true));
  expect(await judgeTimedToken(form, token, NOW)).toBe('good');
});

test('takes every answer where the reading time is 0', async () => {
  const token = await timedToken(form, countsFrom(NOW, 0, false));
  expect(await judgeTimedToken(form, token, NOW)).toBe('good');
});

test.each<[string, (token: string) => string | null]>([
  ['none', () => null],
  ['an empty one', () => ''],
  ['one without a moment', (token) => token.replace(/^[^.]*/, '')],
  ['one with another moment', (token) => token.replace(/^[^.]*/, '1')],
  ['one with a moment that is no number', (token) => token.replace(/^[^.]*/, 'NaN')],
  ['one with something behind its moment', (token) => token.replace('.', '!.')],
  ['one in capitals', (token) => token.toUpperCase()],
])('does not take %s', async (_, change) => {
  const token = await timedToken(form, NOW);
  expect(await judgeTimedToken(form, change(token), NOW)).toBe('stale');
});

test.each([
  ['browser', { ...form, browserSecret: 'another' }],
  ['page', { ...form, purpose: 'end-app:a' }],
])('does not take the token of another %s', async (_, other) => {
  expect(await judgeTimedToken(form, await timedToken(other, NOW), NOW)).toBe('stale');
});
