/** The longest username, in UTF-16 units. */
export const MAX_USERNAME_LENGTH = 256;

/**
 * The one spelling of a username: NFKC, lower case, without spaces around it. A longer text is cut first: normalizing takes
 * time that grows with the square of a run of combining marks, and anybody can type a username.
 */
export const canonicalUsername = (username: string): string =>
  username.slice(0, MAX_USERNAME_LENGTH).normalize('NFKC').trim().toLowerCase();
