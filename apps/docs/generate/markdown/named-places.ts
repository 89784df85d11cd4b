import { type Page, slugOf } from './markdown.ts';

const NAMED = /<a id="([^"]+)"><\/a>/g;
const COMMAND = /^#{2,3} (vestibule .+)$/gm;

/** The places of pages that have a name: `registration.open` → `settings.md#registration.open`. */
export const namedPlaces = (pages: readonly Page[]): ReadonlyMap<string, string> =>
  new Map(
    pages.flatMap(({ path, text }) => [
      ...[...text.matchAll(NAMED)].map(([, id = '']): [string, string] => [id, `${path}#${id}`]),
      ...[...text.matchAll(COMMAND)].map(([, name = '']): [string, string] => [
        name,
        `${path}#${slugOf(name)}`,
      ]),
    ]),
  );
