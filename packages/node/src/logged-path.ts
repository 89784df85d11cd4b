/**
 * The path of a request for the log, without the query. With a loopback issuer the paths of pages contain an id that only the
 * browser of that page may know; it is removed.
 */
export const loggedPath = (url: string): string =>
  (url.split('?', 1)[0] ?? '').replace(/(\/connect\/at\/)[^/]+/, '$1…');
