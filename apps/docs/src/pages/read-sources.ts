import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decisionsPage } from './decisions-page.ts';
import { readPage } from './page.ts';
import type { Library } from './resolve-link.ts';
import { sitePath } from './site-path.ts';
import type { Source } from './source.ts';

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, '../../../..');

/** The folder of pages that are made from the code, and are not committed. */
export const GENERATED = 'apps/docs/reference';

/** The Markdown files that git tracks or would add. */
export const trackedPages = (): readonly string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(ROOT, file)));

/** Reads all pages of the site. The root README is the page of the repository; the site begins with a page of its own. */
export function readSources(): readonly Source[] {
  const generated = globSync('**/*.md', { cwd: join(ROOT, GENERATED) }).map((file) => `${GENERATED}/${file}`);
  const sources = [...trackedPages(), ...generated].flatMap((source): readonly Source[] => {
    const path = source === 'README.md' ? undefined : sitePath(source);
    return path === undefined ? [] : [{ path, source, markdown: readFileSync(join(ROOT, source), 'utf8') }];
  });
  return [...sources, decisionsPage(sources)].toSorted((one, other) =>
    one.path.localeCompare(other.path, 'en'),
  );
}

/** The library of these pages in this repository. */
export const libraryOf = (sources: readonly Source[]): Library => ({
  pages: new Map(sources.map(({ path, markdown }) => [path, readPage(markdown)])),
  kindOf: (path) => {
    const found = statSync(join(ROOT, path), { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    return found.isDirectory() ? 'folder' : 'file';
  },
});
