import { dirname, relative } from 'node:path/posix';
import { replaceLinks } from '../pages/page.ts';
import { resolveLink, type Library, type LinkTarget } from '../pages/resolve-link.ts';
import type { Source } from '../pages/source.ts';

/** How links are written for one kind of reader. */
export interface LinkStyle {
  /** What follows the path of a page: `.html` for browsers, `.md` for programs that read Markdown. */
  readonly extension: '.html' | '.md';
  /** The URL of a folder or file of the repository. */
  readonly repository: (source: string, isFolder: boolean) => string;
  /** The URL of a picture, by its path in the site; relative to the page by default. */
  readonly picture?: (path: string) => string;
}

/** The path of a picture in the site. */
export const picturePath = (source: string): string => source.replace(/^apps\/docs\//, '');

/**
 * Rewrites the links of a page, which lead to files of the repository, into links of the site.
 *
 * @throws {Error} if a link leads nowhere
 */
export function siteMarkdown({ path, source, markdown }: Source, library: Library, style: LinkStyle): string {
  // The Markdown of the list of decisions is made as if it stood beside their folder.
  const from = source.endsWith('.md') ? source : `${source}.md`;
  const beside = (target: string): string => {
    const url = relative(dirname(path), target);
    return url.startsWith('.') ? url : `./${url}`;
  };
  return replaceLinks(markdown, ({ url, line }) => {
    const target = resolveLink(url, from, library);
    if (target.kind === 'broken') throw new Error(`${source}:${line}: ${url} ${target.reason}`);
    return urlOf(target, url, beside, style);
  });
}

function urlOf(
  target: Exclude<LinkTarget, { kind: 'broken' }>,
  url: string,
  beside: (path: string) => string,
  { extension, repository, picture = beside }: LinkStyle,
): string {
  switch (target.kind) {
    case 'foreign':
      return url;
    case 'picture':
      return picture(picturePath(target.source));
    case 'repository':
      return repository(target.source, target.isFolder) + target.fragment;
    case 'page':
      return url.startsWith('#') ? url : beside(`${target.path}${extension}`) + target.fragment;
  }
}
