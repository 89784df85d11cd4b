import { expect, test } from 'vitest';
import { problemOf } from './commit-message.ts';

test.each([
  'fix(dpop): reject nonce secrets under 32 bytes',
  'refactor(core,express,cli): check for loopback in one place',
  'test(store-testkit): cover records that cannot be stored',
  `docs(readme): ${'x'.repeat(58)}`,
])('accepts the commit subject %s', (subject) => {
  expect(problemOf(subject)).toBeUndefined();
});

test.each([
  ['', 'does not look like'],
  ['Fix the nonce', 'does not look like'],
  ['fix: reject short secrets', 'does not look like'],
  ['chore(ci): update', 'does not look like'],
  ['Fix(dpop): reject short secrets', 'does not look like'],
  ['fix(): reject short secrets', 'does not look like'],
  ['fix(core, cli): reject short secrets', 'does not look like'],
  ['fix(dpop):reject short secrets', 'does not look like'],
  ['fix(dpop): ', 'does not look like'],
  [`docs(readme): ${'x'.repeat(59)}`, 'has 73 characters; 72 are allowed'],
])('rejects the commit subject %j', (subject, problem) => {
  expect(problemOf(subject)).toContain(problem);
});

test('counts characters and not code units', () => {
  expect(problemOf(`docs(readme): ${'🐦'.repeat(58)}`)).toBeUndefined();
});
