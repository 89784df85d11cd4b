import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveLink, type Library } from '../pages/resolve-link.ts';
import { readPage } from '../pages/page.ts';
import { libraryOf, readSources, ROOT } from '../pages/read-sources.ts';
import type { Source } from '../pages/source.ts';
import type { ListedPage } from './llms.ts';
import { picturePath, siteMarkdown } from './site-links.ts';
import type { SiteOptions } from './site-options.ts';

/** A picture of a page. */
interface Picture {
  /** Its path in the repository. */
  readonly source: string;
  /** Its path in the site. */
  readonly path: string;
}

/** A page of the site. */
export interface PreparedPage extends ListedPage {
  /** The file or folder of the repository that it is made from. */
  readonly source: string;
  /** The page in Markdown, with a title and links to other pages in Markdown. */
  readonly markdown: string;
  /** Its body for the generator, with links to pages in HTML. */
  readonly content: string;
  /** Where it can be changed. */
  readonly edit: string | undefined;
  /** The pictures that it has. */
  readonly pictures: readonly Picture[];
}

const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const REPOSITORY: string = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');

/** The URL of a file or folder at the code host. */
const repositoryUrl = (source: string, isFolder: boolean): string =>
  `${REPOSITORY}/${isFolder ? 'tree' : 'blob'}/main/${source}`;

/**
 * Reads all pages and prepares them for the site.
 *
 * @throws {Error} if a link leads nowhere
 */
export function preparePages({ base }: SiteOptions): readonly PreparedPage[] {
  const sources = readSources();
  const library = libraryOf(sources);
  return sources.map((source) => preparePage(source, library, base));
}

function preparePage(source: Source, library: Library, base: string): PreparedPage {
  const style = { repository: repositoryUrl };
  const page = readPage(source.markdown);
  const browsers = siteMarkdown(source, library, {
    ...style,
    extension: '.html',
    // The generator would read a picture that a relative URL names.
    picture: (path) => base + path,
  });
  return {
    path: source.path,
    source: source.source,
    title: page.title,
    description: page.description,
    markdown: siteMarkdown(source, library, { ...style, extension: '.md' }),
    content: readPage(browsers).body,
    edit:
      source.source.endsWith('.md') && !source.source.startsWith('apps/docs/reference/')
        ? `${REPOSITORY}/edit/main/${source.source}`
        : undefined,
    pictures: page.links.flatMap(({ url }): readonly Picture[] => {
      const target = resolveLink(url, source.source, library);
      return target.kind === 'picture' ? [{ source: target.source, path: picturePath(target.source) }] : [];
    }),
  };
}
