const LIMIT = 120;

/** A character outside of ids and URIs, including the single quote, which delimits quotations. */
const OTHER_CHARACTER = /[^A-Za-z0-9\-._~:/?#[\]@!$&()*+,;=%]/u;

/**
 * Quotes a text from a request in an `error_description`, in single quotes and cut to 120 characters, if it looks like an id
 * or a URI. For any other text, gives only the length and the first character that neither can have, so that a client cannot
 * place sentences of its own on a page or in a log.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 */
export function quote(text: string): string {
  const [character] = OTHER_CHARACTER.exec(text) ?? [];
  if (character === undefined) return `'${cut(text)}'`;
  return `(${text.length} characters, with ${codePoint(character)})`;
}

/**
 * Like {@link quote}, for an unknown `client_id`. It is quoted only if it has the form of a dynamic client's id or of a URL:
 * other texts may be a secret that was sent by mistake, and are not recorded.
 */
export const quoteClientId = (text: string): string =>
  /^(?:dyn-|https:|$)/.test(text) || OTHER_CHARACTER.test(text) ? quote(text) : `(${text.length} characters)`;

/** Quotes a text that an operator or a maintained list wrote: like {@link quote}, but with any words. */
export const quoteConfigured = (text: string): string =>
  `'${toWireText(cut(text)).replaceAll("'", `(${codePoint("'")})`)}'`;

/**
 * Replaces characters that `error`, `error_description` and quoted header values cannot have by their code points. This is
 * the last line of defense: our own texts have no such characters.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 */
export const toWireText = (text: string): string =>
  text.replace(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/gu, (found) => `(${codePoint(found)})`);

const cut = (text: string): string => (text.length > LIMIT ? `${text.slice(0, LIMIT)}...` : text);

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
