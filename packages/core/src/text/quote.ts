const LIMIT = 120;

/** What neither ids nor URIs hold; a single quote is among it, because quotes stand around them. */
const OTHER_CHARACTER = /[^A-Za-z0-9\-._~:/?#[\]@!$&()*+,;=%]/u;

/**
 * Repeats a stranger's text inside an `error_description`, in single quotes and cut to 120 characters, if it looks like an id
 * or a URI. Of any other text only the length is said, and the first character that neither can hold: what a stranger writes
 * is no sentence of ours, on a page or in a log.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 */
export function quote(text: string): string {
  const [character] = OTHER_CHARACTER.exec(text) ?? [];
  if (character === undefined) return `'${cut(text)}'`;
  return `(${text.length} characters, with ${codePoint(character)})`;
}

/**
 * As {@link quote}, for a `client_id` that no client has. It is repeated only if it has the form of a dynamic client's id or of
 * an address: what came in its place may be a secret, and is not recorded.
 */
export const quoteClientId = (text: string): string =>
  /^(?:dyn-|https:|$)/.test(text) || OTHER_CHARACTER.test(text) ? quote(text) : `(${text.length} characters)`;

/** Repeats text that an operator or a maintained list wrote: as {@link quote}, but any words. */
export const quoteConfigured = (text: string): string =>
  `'${toWireText(cut(text)).replaceAll("'", `(${codePoint("'")})`)}'`;

/**
 * A text with only the characters that `error`, `error_description` and quoted header values may hold; any other is written as
 * its code point. The last line of defense: what we write ourselves holds no other.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 */
export const toWireText = (text: string): string =>
  text.replace(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/gu, (found) => `(${codePoint(found)})`);

const cut = (text: string): string => (text.length > LIMIT ? `${text.slice(0, LIMIT)}...` : text);

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
