import { quote } from '@vestibule/core';

/**
 * A string, with the colon after it if it is the name of a member; or a bracket. Other tokens of valid JSON do not matter
 * here.
 */
const TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[[\]{}]/gs;

/**
 * The first name that a JSON object has twice among its own members, quoted. Parsers disagree on which of the two counts, so
 * one program could check a value and another use a different one.
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
