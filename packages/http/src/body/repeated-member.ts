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
 * @param value what it was parsed into, which has each name once
 * @see {@link https://www.rfc-editor.org/rfc/rfc8259#section-4 RFC 8259 §4}
 */
export function repeatedMember(json: string, value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return memberCount(json) === Object.keys(value).length ? undefined : firstRepeated(json);
}

const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** The number of members in the text of an object, those with a repeated name included: each has one colon outside of strings. */
function memberCount(json: string): number {
  let count = 0;
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(json, at);
        break;
      case COLON:
        if (depth === 1) count += 1;
        break;
      case OPEN_OBJECT:
      case OPEN_LIST:
        depth += 1;
        break;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        depth -= 1;
        break;
    }
  }
  return count;
}

/** The index of the quotation mark that ends a string. */
function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at += 1;
  }
  return json.length;
}

function firstRepeated(json: string): string | undefined {
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
