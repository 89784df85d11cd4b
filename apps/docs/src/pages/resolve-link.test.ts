import { expect, test } from 'vitest';
import { readPage } from './page.ts';
import { resolveLink, type Library } from './resolve-link.ts';

const LIBRARY: Library = {
  pages: new Map([
    ['index', readPage('# Home')],
    ['glossary', readPage('# Glossary\n\n## Life of a client')],
    ['packages/core', readPage('# core')],
    ['decisions', readPage('# Decisions')],
  ]),
  kindOf: (path) => {
    if (path === 'packages/core/src') return 'folder';
    return ['packages/core/src/index.ts', 'apps/docs/chart.svg'].includes(path) ? 'file' : undefined;
  },
};
const resolve = (url: string): unknown => resolveLink(url, 'apps/docs/glossary.md', LIBRARY);

test.each([
  ['#life-of-a-client', { path: 'glossary', fragment: '#life-of-a-client' }],
  ['../../packages/core', { path: 'packages/core', fragment: '' }],
  ['../../packages/core/README.md', { path: 'packages/core', fragment: '' }],
  ['../../README.md', { path: 'index', fragment: '' }],
  ['decisions', { path: 'decisions', fragment: '' }],
  ['decisions/', { path: 'decisions', fragment: '' }],
])('%s leads to a page of the site', (url, page) => {
  expect(resolve(url)).toEqual({ kind: 'page', ...page });
});

test.each([
  ['../../packages/core/src', { source: 'packages/core/src', isFolder: true }],
  ['../../packages/core/src/index.ts', { source: 'packages/core/src/index.ts', isFolder: false }],
])('%s leads to the repository', (url, target) => {
  expect(resolve(url)).toEqual({ kind: 'repository', fragment: '', ...target });
});

test('a picture belongs to the site', () => {
  expect(resolve('chart.svg')).toEqual({ kind: 'picture', source: 'apps/docs/chart.svg' });
});

test.each([['https://example.com/a'], ['mailto:a@example.com'], ['//example.com']])(
  '%s leads to another host',
  (url) => {
    expect(resolve(url)).toEqual({ kind: 'foreign' });
  },
);

test.each([
  ['#death-of-a-client', 'has no heading'],
  ['gone.md', 'does not exist'],
  ['../../../elsewhere', 'leaves the repository'],
  ['/glossary', 'begins with /'],
])('%s leads nowhere', (url, reason) => {
  expect(resolve(url)).toEqual({ kind: 'broken', reason: expect.stringContaining(reason) });
});
