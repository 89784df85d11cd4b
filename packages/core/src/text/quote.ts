const LIMIT = 120;

/**
 * Repeats a stranger's text inside an `error_description`: in single quotes, cut to 120 characters, and with
 * every character that the RFC does not allow there written as its code point, `(U+202E)`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 */
export function quote(text: string): string {
  const head = text.length > LIMIT ? `${text.slice(0, LIMIT)}...` : text;
  const safe = head.replace(/[^\x20-\x21\x23-\x26\x28-\x5B\x5D-\x7E]/gu, codePoint);
  return `'${safe}'`;
}

function codePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `(U+${hex})`;
}
