/** The longest username, in UTF-16 units. */
export const MAX_USERNAME_LENGTH = 256;

/**
 * The canonical form of a username: NFKC, lower case, without surrounding spaces. Longer texts are cut first: the time for
 * normalization grows with the square of a run of combining marks, and anyone can send a username.
 */
export const canonicalUsername = (username: string): string =>
  username.slice(0, MAX_USERNAME_LENGTH).normalize('NFKC').trim().toLowerCase();
