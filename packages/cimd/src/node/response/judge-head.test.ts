import { expect, test } from 'vitest';
import { judgeHead } from './judge-head.ts';

const headers = { 'content-type': 'application/json', 'content-length': '10' };

test.each([
  [199, 'status'],
  [200, 'read'],
  [201, 'status'],
  [299, 'status'],
  [300, 'redirect'],
  [303, 'redirect'],
  [304, 'unexpected-not-modified'],
  [305, 'redirect'],
  [399, 'redirect'],
  [400, 'status'],
  [599, 'status'],
  [999, 'status'],
])('judges the status %i: %s', (status, expected) => {
  const verdict = judgeHead({ status, headers }, { isConditional: false, maxBytes: 10 });
  expect(typeof verdict === 'object' ? verdict.reason : verdict).toBe(expected);
});

test('a 304 to a conditional request needs no headers', () => {
  const verdict = judgeHead({ status: 304, headers: {} }, { isConditional: true, maxBytes: 10 });
  expect(verdict).toBe('not-modified');
});

test.each([
  ['10', 'read'],
  ['11', 'too-large'],
  ['99999999999999999999999', 'too-large'],
  ['x', 'too-large'],
  [undefined, 'read'],
])('judges a Content-Length of %s: %s', (length, expected) => {
  const head = { status: 200, headers: { ...headers, 'content-length': length } };
  const verdict = judgeHead(head, { isConditional: false, maxBytes: 10 });
  expect(typeof verdict === 'object' ? verdict.reason : verdict).toBe(expected);
});
