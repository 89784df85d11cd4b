import { dirname, join } from 'node:path/posix';
import type { Page } from './page.ts';
import { sitePath } from './site-path.ts';

/** The pages of the site, by their path, and the files of the repository beside them. */
export interface Library {
  readonly pages: ReadonlyMap<string, Page>;
  /** What is at a path of the repository. */
  readonly kindOf: (path: string) => 'file' | 'folder' | undefined;
}

/** What a link of a page leads to. */
export type LinkTarget =
  | { readonly kind: 'page'; readonly path: string; readonly fragment: string }
  /** A picture that the site has beside its pages. */
  | { readonly kind: 'picture'; readonly source: string }
  /** A file or folder that only the repository has. */
  | {
      readonly kind: 'repository';
      readonly source: string;
      readonly isFolder: boolean;
      readonly fragment: string;
    }
  /** A URL of another host. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'broken'; readonly reason: string };

const broken = (reason: string): LinkTarget => ({ kind: 'broken', reason });

/** Finds what the URL `url` leads to, in a page whose Markdown is the file `from` of the repository. */
export function resolveLink(url: string, from: string, { pages, kindOf }: Library): LinkTarget {
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(url)) return { kind: 'foreign' };
  if (url.startsWith('/')) return broken('begins with /, which is another place on GitHub');
  const [address = '', id] = url.split('#');
  const fragment = id === undefined ? '' : `#${id}`;
  const source = address === '' ? from : join(dirname(from), decodeURIComponent(address)).replace(/\/$/, '');
  if (source.startsWith('..')) return broken('leaves the repository');
  const path = sitePath(source === '.' ? '' : source);
  const page = path === undefined ? undefined : pages.get(path);
  if (path !== undefined && page !== undefined) {
    if (id !== undefined && !page.anchors.has(id)) return broken(`${source} has no heading #${id}`);
    return { kind: 'page', path, fragment };
  }
  const kind = kindOf(source);
  if (kind === undefined) return broken(`${source} does not exist`);
  if (/\.(?:png|svg)$/.test(source)) return { kind: 'picture', source };
  return { kind: 'repository', source, isFolder: kind === 'folder', fragment };
}
