import { quote } from '@vestibule/core';

/** A string, with the colon behind it where it names a member; or a bracket. Nothing else of valid JSON matters here. */
const TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[[\]{}]/gs;

/**
 * The first name that a JSON object has twice among its own members, quoted. Parsers disagree on which of the two counts,
 * so that what one program checked another may not see.
 *
 * @param json text that is valid JSON
 * @see {@link https://www.rfc-editor.org/rfc/rfc8259#section-4 RFC 8259 §4}
 */
export function repeatedMember(json: string): string | undefined {
  const names = new Set<string>();
  let depth = 0;
  for (const [token, text, colon] of json.matchAll(TOKEN)) {
    if (text === undefined) depth += token === '{' || token === '[' ? 1 : -1;
    if (depth !== 1 || text === undefined || colon === undefined) continue;
    const name = String(JSON.parse(text));
    if (names.has(name)) return quote(name);
    names.add(name);
  }
  return undefined;
}
