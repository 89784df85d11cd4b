/**
 * Whether a web page sent a request. Browsers say so, and pages cannot change what they say: `Origin` comes with every form,
 * and with every `fetch` of another origin that is not a plain `GET`; `Sec-Fetch-Site` comes with everything else, such as
 * images, and is `none` only where a person entered an address. Programs usually send neither of them.
 *
 * @see {@link https://fetch.spec.whatwg.org/#origin-header Fetch, Origin}
 * @see {@link https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header Fetch Metadata, Sec-Fetch-Site}
 */
export function isFromPage(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  return headers.has('origin') || (site !== null && site !== 'none');
}
