/**
 * The path of a request for the log: without the query, and without the id in the path of a page with a loopback issuer, where
 * only that page's browser may know it.
 */
export const loggedPath = (url: string): string =>
  (url.split('?', 1)[0] ?? '').replace(/(\/connect\/at\/)[^/]+/, '$1…');
