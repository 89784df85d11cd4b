import { readPage } from '../pages/page.ts';
import { readSources } from '../pages/read-sources.ts';
import { navigationOf } from './navigation.ts';

/** A group of the sidebar, as Starlight takes it. */
export interface SidebarGroup {
  readonly label: string;
  readonly collapsed: boolean;
  items: { label: string; slug: string }[];
}

/** The sidebar of the site: the navigation, with the titles of pages. */
export function sidebarOf(): SidebarGroup[] {
  const pages = readSources().map(({ path, markdown }) => ({ path, title: readPage(markdown).title }));
  return navigationOf(pages).map(({ label, collapsed, pages: found }) => ({
    label,
    collapsed,
    items: found.map(({ path, title }) => ({ label: shortTitle(title), slug: path })),
  }));
}

/** A name of a package needs no scope in its group. */
const shortTitle = (title: string): string => title.replace(/^@vestibule\//, '');
