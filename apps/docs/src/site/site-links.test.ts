import { expect, test } from 'vitest';
import { readPage } from '../pages/page.ts';
import type { Library } from '../pages/resolve-link.ts';
import { siteMarkdown, type LinkStyle } from './site-links.ts';

const LIBRARY: Library = {
  pages: new Map([
    ['upstream/okta', readPage('# Okta\n\n## Set up')],
    ['glossary', readPage('# Glossary')],
    ['packages/core', readPage('# core')],
  ]),
  kindOf: (path) => (path === 'LICENSE' || path === 'apps/docs/chart.svg' ? 'file' : undefined),
};
const STYLE: LinkStyle = {
  extension: '.html',
  repository: (source) => `https://code.example/${source}`,
};
const rewrite = (markdown: string, style = STYLE): string =>
  siteMarkdown({ path: 'upstream/okta', source: 'apps/docs/upstream/okta.md', markdown }, LIBRARY, style);

const REWRITTEN = [
  ['[a](#set-up)', '[a](#set-up)'],
  ['[a](okta.md#set-up)', '[a](./okta.html#set-up)'],
  ['[a](../glossary.md)', '[a](../glossary.html)'],
  ['[a](../../../packages/core)', '[a](../packages/core.html)'],
  ['[a](../../../LICENSE)', '[a](https://code.example/LICENSE)'],
  ['![a](../chart.svg)', '![a](../chart.svg)'],
  ['[a](https://example.com)', '[a](https://example.com)'],
];
test.each(REWRITTEN)('%s becomes %s', (from = '', to = '') => {
  expect(rewrite(`# Okta\n\n## Set up\n\n${from}`)).toContain(to);
});

test('links of a page in Markdown lead to pages in Markdown', () => {
  expect(rewrite('[a](../glossary.md)', { ...STYLE, extension: '.md' })).toBe('[a](../glossary.md)');
});

test('names the line of a link that leads nowhere', () => {
  expect(() => rewrite('# Okta\n\n[a](gone.md)')).toThrow(
    'apps/docs/upstream/okta.md:3: gone.md apps/docs/upstream/gone.md does not exist',
  );
});
