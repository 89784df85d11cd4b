/**
 * Replaces characters that `error_description` and quoted header values cannot hold by `?`. Our own texts have no such
 * characters.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 RFC 6750 §3}
 */
export const toWireText = (text: string): string => text.replace(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/gu, '?');
