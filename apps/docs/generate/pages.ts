import { agentsPages } from './agents/agents-pages.ts';
import { attacksPage } from './attacks/attacks-page.ts';
import { commandsPage } from './commands/commands-page.ts';
import { conformancePage } from './conformance/conformance-page.ts';
import { environmentPage } from './environment/environment-page.ts';
import { eventsPage } from './events/events-page.ts';
import { withCrossLinks } from './markdown/cross-links.ts';
import type { Page } from './markdown/markdown.ts';
import { namedPlaces } from './markdown/named-places.ts';
import { rulesPage } from './rules/rules-page.ts';
import { storagePage } from './storage/storage-page.ts';
import { settingsPage } from './settings/settings-page.ts';

/** All pages that are generated. */
export async function generatePages(): Promise<readonly Page[]> {
  const pages = [
    settingsPage(),
    eventsPage(),
    rulesPage(),
    ...agentsPages(),
    await attacksPage(),
    await commandsPage(),
    environmentPage(),
    conformancePage(),
    storagePage(),
  ];
  const places = namedPlaces(pages);
  return pages.map(({ path, title, text }) => ({
    path,
    title,
    text: withCrossLinks(text, (name) => relativeTo(path, places.get(name))),
  }));
}

/** The path of a place from a page, which may be in a folder. */
const relativeTo = (path: string, place: string | undefined): string | undefined =>
  place && `${'../'.repeat(path.split('/').length - 1)}${place}`;
