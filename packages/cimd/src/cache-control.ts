/**
 * The directives of `Cache-Control`, by their names in lower case, each with its value without quotes, or an empty text. Of a
 * repeated directive the first value counts.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9111#section-5.2 RFC 9111 §5.2}
 */
export function directivesOf(cacheControl: string): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const item of itemsOf(cacheControl)) {
    const [name = '', ...value] = item.split('=');
    const key = name.trim().toLowerCase();
    if (key !== '' && !directives.has(key)) directives.set(key, unquoted(value.join('=').trim()));
  }
  return directives;
}

/** The items of a list, which commas separate outside of quotes. */
function itemsOf(list: string): readonly string[] {
  const items: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < list.length; at += 1) {
    const character = list[at];
    if (character === '"') isQuoted = !isQuoted;
    else if (character === '\\' && isQuoted) at += 1;
    else if (character === ',' && !isQuoted) {
      items.push(list.slice(start, at));
      start = at + 1;
    }
  }
  return [...items, list.slice(start)];
}

const unquoted = (value: string): string =>
  value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
