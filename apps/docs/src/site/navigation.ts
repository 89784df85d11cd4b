/** A group of pages in the navigation. */
interface NavigationGroup {
  readonly label: string;
  /** Whether it is closed until the reader opens it. */
  readonly collapsed?: boolean;
  /** Paths of pages in their order; `folder/*` is every other page of a folder, by its title. */
  readonly pages: readonly string[];
}

/** The order in which a newcomer reads. */
const GROUPS: readonly NavigationGroup[] = [
  {
    label: 'Begin',
    pages: ['index', 'start', 'ways-in', 'rules-and-gates', 'comparison', 'doctor', 'glossary'],
  },
  {
    label: 'Attach agents',
    pages: ['reference/agents', 'metadata-documents'],
  },
  { label: 'Agents one by one', collapsed: true, pages: ['reference/agents/*'] },
  {
    label: 'Run it',
    pages: [
      'reference-app',
      'deployment',
      'deployment/docker',
      'deployment/systemd',
      'deployment/nginx',
      'deployment/caddy',
      'deployment/*',
      'deferred-persistence',
    ],
  },
  { label: 'Build with the packages', pages: ['adapters', 'oidc-provider', 'examples'] },
  {
    label: 'Sign-in at your provider',
    collapsed: true,
    pages: ['upstream', 'upstream/provider-tokens', 'upstream/*'],
  },
  { label: 'Security', pages: ['threat-model', 'reference/attacks', 'security'] },
  {
    label: 'Look up',
    pages: ['reference/settings', 'reference/events', 'reference/rules', 'reference/*', 'storage-schema'],
  },
  { label: 'Packages', collapsed: true, pages: ['packages/*'] },
  { label: 'API', collapsed: true, pages: ['api-reference', 'reference/api/*'] },
  { label: 'Examples one by one', collapsed: true, pages: ['examples/*'] },
  {
    label: 'Measurements',
    collapsed: true,
    pages: ['measurements', 'performance', 'scaling', 'benchmarks'],
  },
  {
    label: 'The project',
    collapsed: true,
    pages: ['decisions', 'conformance', 'conformance/*', 'contributing', 'style'],
  },
];

/** Pages that another page lists, and the navigation does not. */
const LISTED_ELSEWHERE = /^decisions\//;

/** A group with the pages that exist. */
export interface FilledGroup<Page> {
  readonly label: string;
  readonly collapsed: boolean;
  readonly pages: readonly Page[];
}

/**
 * Puts pages into the groups of the navigation. Each page is in one group. What no group names is in a last one, so that a new
 * page can be found before the navigation names it.
 */
export function navigationOf<Page extends { readonly path: string; readonly title: string }>(
  pages: readonly Page[],
): readonly FilledGroup<Page>[] {
  const named = new Set(GROUPS.flatMap((group) => group.pages));
  const byTitle = pages.toSorted((one, other) => one.title.localeCompare(other.title, 'en'));
  const taken = new Set<Page>();
  const take = (pattern: string): readonly Page[] => {
    const isTaken = pattern.endsWith('/*')
      ? ({ path }: Page) =>
          path.startsWith(pattern.slice(0, -1)) && !named.has(path) && isDeepest(path, pattern)
      : ({ path }: Page) => path === pattern;
    const found = byTitle.filter((page) => isTaken(page) && !taken.has(page));
    for (const page of found) taken.add(page);
    return found;
  };
  const groups = GROUPS.map(({ label, collapsed = false, pages: patterns }) => ({
    label,
    collapsed,
    pages: patterns.flatMap(take),
  }));
  const rest = byTitle.filter((page) => !taken.has(page) && !LISTED_ELSEWHERE.test(page.path));
  return [...groups, { label: 'More', collapsed: true, pages: rest }].filter(
    ({ pages: found }) => found.length > 0,
  );
}

/** All pages in groups: those of the navigation, and those that another page lists. */
export const allGroups = <Page extends { readonly path: string; readonly title: string }>(
  pages: readonly Page[],
): readonly FilledGroup<Page>[] => [
  ...navigationOf(pages),
  {
    label: 'Decision records',
    collapsed: true,
    pages: pages.filter(({ path }) => LISTED_ELSEWHERE.test(path)),
  },
];

/** Whether no pattern of a folder further down has the page. */
const isDeepest = (path: string, pattern: string): boolean =>
  GROUPS.every(({ pages }) =>
    pages.every(
      (other) =>
        !other.endsWith('/*') || other.length <= pattern.length || !path.startsWith(other.slice(0, -1)),
    ),
  );
