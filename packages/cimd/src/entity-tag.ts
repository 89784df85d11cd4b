/** Callers store it, so it is bounded. */
const MAX_LENGTH = 256;

/**
 * Whether a text is an entity tag that can be stored, and sent in a header.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 RFC 9110 §8.8.3}
 */
export const isEntityTag = (text: string): boolean =>
  text.length <= MAX_LENGTH && /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/.test(text);
