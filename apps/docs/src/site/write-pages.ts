import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PreparedPage } from './prepared.ts';
import type { SiteOptions } from './site-options.ts';

const DOCS = join(import.meta.dirname, '../..');
const CONTENT = join(DOCS, 'site/content/docs');
const PUBLIC = join(DOCS, '.site/public');

const write = (file: string, text: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

/** A page as Starlight reads it. JSON is YAML. */
function entryOf({ path, title, description, content, edit }: PreparedPage): string {
  const beside = `./${path.split('/').at(-1)}.md`;
  const head = [{ tag: 'link', attrs: { rel: 'alternate', type: 'text/markdown', href: beside } }];
  const members = { title, description, editUrl: edit ?? false, head };
  const lines = Object.entries(members).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `---\n${lines.join('\n')}\n---\n\n${content}`;
}

/** What a server responds with at an address that has no page. */
const notFound = (base: string): string => `---
title: Page not found
description: There is no page at this address.
editUrl: false
pagefind: false
tableOfContents: false
---

There is no page at this address. Search for it above, or begin at [the first page](${base}index.html).
`;

/** Writes the pages for the generator: `site/content/docs`, and what is published as it is, such as pictures: `.site/public`. */
export function writePages(pages: readonly PreparedPage[], { base }: SiteOptions): void {
  for (const folder of [CONTENT, PUBLIC]) rmSync(folder, { recursive: true, force: true });
  for (const page of pages) {
    write(join(CONTENT, `${page.path}.md`), entryOf(page));
    write(join(PUBLIC, `${page.path}.md`), page.markdown);
  }
  write(join(CONTENT, '404.md'), notFound(base));
  for (const { source, path } of pages.flatMap(({ pictures }) => pictures)) {
    mkdirSync(dirname(join(PUBLIC, path)), { recursive: true });
    copyFileSync(join(DOCS, '../..', source), join(PUBLIC, path));
  }
  for (const file of ['favicon.svg', 'scrolling.js']) {
    copyFileSync(join(DOCS, 'site', file), join(PUBLIC, file));
  }
}
