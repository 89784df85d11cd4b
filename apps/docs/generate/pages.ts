import { eventsPage } from './events/events-page.ts';
import { withCrossLinks } from './markdown/cross-links.ts';
import type { Page } from './markdown/markdown.ts';
import { namedPlaces } from './markdown/named-places.ts';
import { rulesPage } from './rules/rules-page.ts';
import { settingsPage } from './settings/settings-page.ts';

/** All pages that are generated. */
export async function generatePages(): Promise<readonly Page[]> {
  const pages = [settingsPage(), eventsPage(), rulesPage()];
  const places = namedPlaces(pages);
  return pages.map((page) => ({
    ...page,
    text: withCrossLinks(page.text, (name) => relativeTo(page.path, places.get(name))),
  }));
}

/** The path of a place from a page, which may be in a folder. */
const relativeTo = (path: string, place: string | undefined): string | undefined =>
  place && `${'../'.repeat(path.split('/').length - 1)}${place}`;
