import type { Page } from './markdown.ts';

const NAMED = /<a id="([^"]+)"><\/a>/g;

/** The places of pages that have a name: `registration.open` → `settings.md#registration.open`. */
export const namedPlaces = (pages: readonly Page[]): ReadonlyMap<string, string> =>
  new Map(
    pages.flatMap(({ path, text }) =>
      [...text.matchAll(NAMED)].map(([, id = '']): [string, string] => [id, `${path}#${id}`]),
    ),
  );
