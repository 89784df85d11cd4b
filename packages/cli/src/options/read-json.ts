/** A parsed JSON text, or where its syntax error is. */
export type JsonText =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      /** Locates the error without repeating the text: `is not JSON: see line 3, column 14`. */
      readonly problem: string;
    };

/** Parses JSON. The message of `JSON.parse` quotes the text around an error, which may contain a password. */
export function readJson(text: string): JsonText {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    const before = text.slice(0, mistakeIn(text)).split('\n');
    const column = (before.at(-1) ?? '').length + 1;
    return { ok: false, problem: `is not JSON: see line ${before.length}, column ${column}` };
  }
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[ !#-[\]-\u{10FFFF}]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/uy;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** The token that may come next. */
type Expected = 'value' | 'item' | 'member' | 'name' | 'colon' | 'separator';

/** The position of the first syntax error in a JSON text (RFC 8259). */
function mistakeIn(text: string): number {
  const open: ('}' | ']')[] = [];
  let expected: Expected = 'value';
  let at = endOf(SPACE, text, 0) ?? 0;
  while (expected !== 'separator' || open.length > 0) {
    const next = text[at];
    const isClosed =
      next === open.at(-1) && ['separator', next === ']' ? 'item' : 'member'].includes(expected);
    let end: number | undefined = at + 1;
    if (isClosed) {
      open.pop();
      expected = 'separator';
    } else if (expected === 'separator' && next === ',') {
      expected = open.at(-1) === '}' ? 'name' : 'value';
    } else if (expected === 'colon' && next === ':') {
      expected = 'value';
    } else if (expected === 'name' || expected === 'member') {
      end = endOf(STRING, text, at);
      expected = 'colon';
    } else if (expected === 'separator' || expected === 'colon') {
      return at;
    } else if (next === '{' || next === '[') {
      open.push(next === '{' ? '}' : ']');
      expected = next === '{' ? 'member' : 'item';
    } else {
      end = endOf(STRING, text, at) ?? endOf(SCALAR, text, at);
      expected = 'separator';
    }
    if (end === undefined) return at;
    at = endOf(SPACE, text, end) ?? end;
  }
  return at;
}

/** The end of a match that begins at a position; `undefined` if nothing matches there. */
function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
