import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { slugOf } from './markdown/markdown.ts';
import { generatePages } from './pages.ts';
import { inRepository } from './source/paths.ts';

const pages = await generatePages();
const named = pages.map((page) => [page.path, page] as const);

/** The lines of a page outside blocks of code. */
const linesOf = (text: string): readonly string[] =>
  text.split('```').flatMap((part, index) => (index % 2 === 0 ? part.split('\n') : []));

/** The lines of a page without blocks and pieces of code. */
const outsideCode = (text: string): readonly string[] =>
  linesOf(text).map((line) =>
    line
      .split(/`+/)
      .filter((_part, index) => index % 2 === 0)
      .join(''),
  );

/** The anchors of a page: the named ones, and those of headings. */
const anchorsIn = (text: string): readonly string[] =>
  linesOf(text).flatMap((line) => {
    const [, id] = /^<a id="([^"]+)"><\/a>$/.exec(line) ?? [];
    const [, heading] = /^#{2,6} (.+)$/.exec(line) ?? [];
    if (heading !== undefined) return [slugOf(heading)];
    return id === undefined ? [] : [id];
  });

const anchors = new Map(pages.map(({ path, text }) => [path, new Set(anchorsIn(text))]));

test('there are pages of every kind', () => {
  const paths = pages.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  for (const name of ['settings', 'events', 'rules', 'attacks', 'agents/index']) {
    expect(paths).toContain(`${name}.md`);
  }
  for (const name of ['commands', 'environment', 'conformance']) expect(paths).toContain(`${name}.md`);
});

test.each(named)('%s has one title and a first sentence', (_, { title, text }) => {
  const lines = linesOf(text);
  expect(lines.filter((line) => line.startsWith('# '))).toEqual([`# ${title}`]);
  expect(text.startsWith(`# ${title}\n\n`)).toBe(true);
  expect(lines[2]).toMatch(/^[A-Z].{20,}[.,:]/);
});

test.each(named)('%s leads nowhere that does not exist', (path, { text }) => {
  const links = linesOf(text).flatMap((line) =>
    [...line.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target),
  );
  const broken = links.filter((target) => {
    if (target.startsWith('https://')) return false;
    const [file = '', id] = target.split('#');
    const place = file === '' ? path : join(dirname(path), file);
    if (!anchors.has(place)) return !existsSync(inRepository(join('apps/docs/reference', place)));
    return id !== undefined && anchors.get(place)?.has(id) !== true;
  });
  expect(broken).toEqual([]);
});

test.each(named)('%s names each place once', (_, { text }) => {
  const ids = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test.each(named)('%s describes everything that it names', (_, { text }) => {
  const lines = linesOf(text).filter((line) => line.trim() !== '' && !line.startsWith('<a id='));
  const headings = lines.flatMap((line, index) => (/^#{2,6} /.test(line) ? [{ line, index }] : []));
  const levelOf = (line: string): number => line.indexOf(' ');
  const empty = headings.filter(({ line, index }) => {
    const next = lines[index + 1] ?? '';
    return next === '' || (/^#{2,6} /.test(next) && levelOf(next) <= levelOf(line));
  });
  expect(empty).toEqual([]);
  expect(
    lines.filter(
      (line) => /^\|(?:.*\|)?\s*\|/.test(line) || (/\*\*:?\s*$/.test(line) && line.startsWith('- ')),
    ),
  ).toEqual([]);
});

test.each(named)('%s has no value that is missing', (_, { text }) => {
  expect(outsideCode(text).filter((line) => /\bundefined\b|\[object/.test(line))).toEqual([]);
});

test.each(named)('%s has nothing that a renderer takes for HTML or for a template', (_, { text }) => {
  const plain = outsideCode(text).map((line) =>
    line.replaceAll(/<a id="[^"<>]+"><\/a>|<https:\/\/[^<>]+>/g, ''),
  );
  expect(plain.filter((line) => /<[a-z/!]|\{\{/i.test(line))).toEqual([]);
});

test('the command writes every page, deletes earlier ones, and keeps other folders', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-reference-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'api'));
  for (const name of ['earlier.md', 'api/index.md']) writeFileSync(join(folder, name), 'x');
  execFileSync(process.execPath, [join(import.meta.dirname, 'main.ts'), folder]);
  for (const { path, text } of pages) expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
  expect(existsSync(join(folder, 'earlier.md'))).toBe(false);
  expect(existsSync(join(folder, 'api/index.md'))).toBe(true);
});
