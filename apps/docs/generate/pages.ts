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
  ];
  // The names of specifications are words.
  const places = namedPlaces(pages.filter(({ path }) => path !== 'conformance.md'));
  return pages.map(({ path, title, text }) => ({
    path,
    title,
    text: withCrossLinks(text, (name) => relativeTo(path, places.get(name))),
  }));
}

/** A place as a page links to it, which may be in a folder, or be the page of the place itself. */
function relativeTo(path: string, place: string | undefined): string | undefined {
  if (place === undefined) return undefined;
  return place.startsWith(`${path}#`)
    ? place.slice(path.length)
    : `${'../'.repeat(path.split('/').length - 1)}${place}`;
}
