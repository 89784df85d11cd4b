/**
 * The canonical form of a password: NFC, with every space as a plain one, so that the same keys give the same password on
 * every keyboard and system. Case, width and everything else stay, because they are part of the password.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8265#section-4.2.2 RFC 8265 §4.2.2, OpaqueString}
 */
export const canonicalPassword = (password: string): string =>
  password.replaceAll(/\p{Zs}/gu, ' ').normalize('NFC');
