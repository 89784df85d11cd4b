import { type Page, slugOf } from './markdown.ts';

const NAMED = /<a id="([^"]+)"><\/a>/g;
const COMMAND = /^#{2,3} (vestibule .+)$/gm;

type Place = readonly [name: string, place: string];

/**
 * The places of pages that have a name: `registration.limits.siteTimes` → `settings.md#registration.limits.siteTimes`, and `siteTimes`
 * too, because only one setting is called that.
 */
export function namedPlaces(pages: readonly Page[]): ReadonlyMap<string, string> {
  const whole = pages.flatMap(({ path, text }): readonly Place[] => [
    ...[...text.matchAll(NAMED)].map(([, id = '']): Place => [id, `${path}#${id}`]),
    ...[...text.matchAll(COMMAND)].map(([, name = '']): Place => [name, `${path}#${slugOf(name)}`]),
  ]);
  const byShortName = Map.groupBy(whole, ([name]) => name.slice(name.lastIndexOf('.') + 1));
  const short = [...byShortName].flatMap(([name, places]): readonly Place[] => {
    const [only, ...others] = places;
    return only !== undefined && others.length === 0 && /^[a-z]+[A-Z]/.test(name) ? [[name, only[1]]] : [];
  });
  return new Map([...short, ...whole]);
}
