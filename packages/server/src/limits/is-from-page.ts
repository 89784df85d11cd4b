/**
 * Whether a web page sent a request. Browsers set these headers and pages cannot change them: every form and every
 * cross-origin `fetch` except a plain `GET` has `Origin`; other requests, for example for images, have `Sec-Fetch-Site`,
 * which is `none` only if a person entered the URL. Programs usually send neither.
 *
 * @see {@link https://fetch.spec.whatwg.org/#origin-header Fetch, Origin}
 * @see {@link https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header Fetch Metadata, Sec-Fetch-Site}
 */
export function isFromPage(headers: Pick<Headers, 'get' | 'has'>): boolean {
  const site = headers.get('sec-fetch-site');
  return headers.has('origin') || (site !== null && site !== 'none');
}
