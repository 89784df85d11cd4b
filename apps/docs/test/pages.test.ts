import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Page, readPage } from '../src/pages/page.ts';
import { resolveLink } from '../src/pages/resolve-link.ts';
import { GENERATED, libraryOf, readSources, ROOT, trackedPages } from '../src/pages/read-sources.ts';
import { llmsText } from '../src/site/llms.ts';
import { allGroups } from '../src/site/navigation.ts';

const sources = readSources();
const library = libraryOf(sources);
const pageOf = (source: string): Page | undefined => {
  const found = sources.find((one) => one.source === source);
  return found && library.pages.get(found.path);
};
const isGenerated = existsSync(join(ROOT, GENERATED, 'settings.md'));

/** What is wrong with the links of a Markdown file. Generated pages are only looked for once they were made. */
const brokenLinks = (file: string, { links }: Page): string[] =>
  links.flatMap(({ url, line }) => {
    const target = resolveLink(url, file, library);
    if (target.kind !== 'broken') return [];
    const isMissing =
      !isGenerated && target.reason.startsWith(`${GENERATED}/`) && target.reason.endsWith(' does not exist');
    return isMissing ? [] : [`${line}: ${url} ${target.reason}`];
  });

test.each(trackedPages().filter((file) => !file.startsWith('.changeset/')))(
  'every link and anchor in %s leads somewhere',
  (file) => {
    const page = pageOf(file) ?? readPage(readFileSync(join(ROOT, file), 'utf8'));
    expect(brokenLinks(file, page)).toEqual([]);
  },
);

describe.each(sources)('the page $path', ({ source }) => {
  const page = pageOf(source) ?? readPage('');

  test('has one title, and a description of at most 200 characters', () => {
    const { titles, description } = page;
    expect(titles).toBe(1);
    expect(description).not.toBe('');
    expect(description.length).toBeLessThanOrEqual(201);
  });

  test('has links that lead somewhere', () => {
    expect(brokenLinks(source.endsWith('.md') ? source : `${source}.md`, page)).toEqual([]);
  });
});

test('no two pages have the same path', () => {
  const paths = sources.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
});

test('llms.txt lists every page', () => {
  const pages = [...library.pages].map(([path, { title, description }]) => ({ path, title, description }));
  const text = llmsText(allGroups(pages), (path) => `${path}.md`);
  const listed = [...text.matchAll(/^- \[.*\]\((.*)\.md\)/gm)].map(([, path]) => path);
  expect(new Set(listed)).toEqual(new Set(pages.map(({ path }) => path)));
});
