const URI_CHARACTERS = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;

/**
 * Whether a text has only the characters of a URI, and every `%` begins an escape. Does not check its structure.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc3986#section-2 RFC 3986 §2}
 */
export const hasOnlyUriCharacters = (text: string): boolean => URI_CHARACTERS.test(text);
