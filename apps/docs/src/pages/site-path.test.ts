import { expect, test } from 'vitest';
import { sitePath } from './site-path.ts';

test.each([
  ['README.md', 'index'],
  ['', 'index'],
  ['apps/docs/index.md', 'index'],
  ['apps/docs/glossary.md', 'glossary'],
  ['apps/docs/upstream/README.md', 'upstream'],
  ['apps/docs/upstream', 'upstream'],
  ['apps/docs/decisions', 'decisions'],
  ['packages/core/README.md', 'packages/core'],
  ['packages/core', 'packages/core'],
  ['apps/reference', 'reference-app'],
  ['packages/core/src', undefined],
  ['packages/doctor/foreign/README.md', undefined],
  ['testing/README.md', undefined],
])('the page of “%s” is %s', (source, path) => {
  expect(sitePath(source)).toBe(path);
});
