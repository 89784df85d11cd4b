import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { parse } from 'node-html-parser';
import { expect, test } from 'vitest';
import { builtBase, DIST } from './serve-site.ts';

const pages = new Map(
  globSync('**/*.html', { cwd: DIST }).map((file) => [file, parse(readFileSync(join(DIST, file), 'utf8'))]),
);
const ids = new Map(
  [...pages].map(([file, page]) => [file, new Set(page.querySelectorAll('[id]').map(({ id }) => id))]),
);
const base = builtBase();

/** The file that a URL of a page leads to, and the id in it; `undefined` for another host. */
function targetOf(url: string, from: string): { file: string; id: string } | undefined {
  if (/^(?:[a-z]+:|\/\/)/.test(url)) return undefined;
  const [address = '', id = ''] = url.split('#');
  const path = address.startsWith('/') ? address.slice(base.length) : join(dirname(from), address);
  if (address === '') return { file: from, id };
  return { file: address.startsWith('/') && path === '' ? 'index.html' : path, id };
}

test('every link, script, style and picture of every page leads to a file of the site, and to an id that it has', () => {
  const broken = [...pages].flatMap(([from, page]) =>
    page.querySelectorAll('[href], [src]').flatMap((element) => {
      const url = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
      const target = targetOf(url, from);
      if (target === undefined) return [];
      const { file, id } = target;
      if (!existsSync(join(DIST, file))) return [`${from}: ${url}`];
      const isThere = id === '' || id === '_top' || (ids.get(file)?.has(decodeURIComponent(id)) ?? true);
      return isThere ? [] : [`${from}: ${url} has no such id`];
    }),
  );
  expect([...new Set(broken)]).toEqual([]);
});

test('every page has one title, a description, a policy and no id twice', () => {
  const faults = [...pages].flatMap(([file, page]) => {
    const twice = page
      .querySelectorAll('[id]')
      .map(({ id }) => id)
      .filter((id, at, all) => all.indexOf(id) !== at);
    return [
      page.querySelectorAll('h1').length === 1 ? [] : ['titles'],
      (page.querySelector('meta[name="description"]')?.getAttribute('content') ?? '') === ''
        ? ['description']
        : [],
      page.querySelector('meta[http-equiv="Content-Security-Policy"]') === null ? ['policy'] : [],
      page.querySelectorAll('[style], style, script:not([src])').length === 0
        ? []
        : ['inline scripts or styles'],
      twice.map((id) => `#${id} twice`),
    ]
      .flat()
      .map((fault) => `${file}: ${fault}`);
  });
  expect(faults).toEqual([]);
});

test('every page is also Markdown, and llms.txt lists it', () => {
  const paths = [...pages.keys()]
    .map((file) => file.replace(/html$/, 'md'))
    .filter((file) => file !== '404.md');
  expect(paths.filter((path) => !existsSync(join(DIST, path)))).toEqual([]);
  const listed = [...readFileSync(join(DIST, 'llms.txt'), 'utf8').matchAll(/^- \[.*?\]\((.*?)\)/gm)].map(
    ([, path]) => path,
  );
  expect(new Set(listed)).toEqual(new Set(paths));
});

test('a link of a page in Markdown leads to a file of the site', () => {
  const broken = globSync('**/*.md', { cwd: DIST }).flatMap((file) =>
    [...readFileSync(join(DIST, file), 'utf8').matchAll(/\]\((\.\.?\/[^)#]*)/g)]
      .map(([, url = '']) => url)
      .filter((url) => !existsSync(join(DIST, dirname(file), url)))
      .map((url) => `${file}: ${url}`),
  );
  expect(broken).toEqual([]);
});
