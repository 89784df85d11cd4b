import { expect, test } from 'vitest';
import { readCoverage, testFiles } from '../src/citations/repository.ts';

// Loading what parses takes a moment, and every test wants the same.
const coverage = readCoverage();

test('the tests of every package and app are read', () => {
  const read = new Set(
    testFiles().map((file) => file.replace(/^.*\/(packages|apps)\/([^/]+)\/.*$/, '$1/$2')),
  );
  expect(read).toContain('packages/core');
  expect(read).toContain('apps/reference');
});

test('every citation can be read, and is of a requirement that there is', () => {
  expect(coverage.problems).toEqual([]);
});

test('of all requirements there is none that no test shows', () => {
  expect(coverage.uncited).toEqual([]);
});
