import { dirname } from 'node:path/posix';

/** Pages whose place in the site does not follow from that in the repository. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'README.md': 'index',
  'SECURITY.md': 'security',
  'CONTRIBUTING.md': 'contributing',
  'apps/reference/README.md': 'reference-app',
  'apps/bench/README.md': 'benchmarks',
  'examples/README.md': 'examples',
  'conformance/README.md': 'conformance',
  'conformance/simulation/README.md': 'conformance/simulation',
};

/** Each README in a folder of these is a page. */
const FOLDERS = /^(packages|examples)\/([^/]+)\/README\.md$/;

const DOCS = 'apps/docs/';

/**
 * The path in the site of a file or folder of the repository, without `.html`; `undefined` if it is no page.
 * A folder is the page of its README.
 *
 * @example sitePath('packages/core/README.md') // 'packages/core'
 */
export function sitePath(source: string): string | undefined {
  if (source === 'apps/docs/decisions') return 'decisions';
  if (!source.endsWith('.md')) return sitePath(source === '' ? 'README.md' : `${source}/README.md`);
  const elsewhere = ELSEWHERE[source];
  if (elsewhere !== undefined) return elsewhere;
  const [, folder, name] = FOLDERS.exec(source) ?? [];
  if (folder !== undefined && name !== undefined) return `${folder}/${name}`;
  if (!source.startsWith(DOCS)) return undefined;
  const path = source.slice(DOCS.length);
  // The page of a folder is beside it: `upstream.html` and `upstream/okta.html`.
  const isOfFolder = /\/(?:README|index)\.md$/.test(path);
  return isOfFolder ? dirname(path) : path.slice(0, -'.md'.length);
}
