/** The longest URL that is fetched, in characters. */
const MAX_LENGTH = 2_048;

/**
 * Whether the server can fetch a URL: it is an https URL of bounded length, without a user name or a password, and its host does not
 * end with a dot. A guarded fetch refuses any other.
 */
export function isFetchableUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    text.length <= MAX_LENGTH &&
    url?.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    !url.hostname.endsWith('.')
  );
}
