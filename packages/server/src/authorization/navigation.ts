import type { PlainHeaders } from '@vestibule/http';

/**
 * Whether a request can be the navigation of a person. Browsers mark requests for images, scripts and frames, and
 * prefetches; a person sees none of their responses. Programs and old browsers send no such headers, and are accepted.
 *
 * `Sec-Fetch-Mode` is ignored: `document` as the destination implies a navigation, and `fetch` of Node sends only a mode.
 *
 * @see {@link https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header Fetch Metadata, Sec-Fetch-Dest}
 * @see {@link https://wicg.github.io/nav-speculation/prefetch.html#sec-purpose-header Prefetch, Sec-Purpose}
 */
export function mayBeNavigation(headers: PlainHeaders): boolean {
  const destination = headers.get('sec-fetch-dest') ?? 'document';
  const purpose = headers.get('sec-purpose') ?? headers.get('purpose') ?? '';
  return destination === 'document' && !purpose.startsWith('prefetch');
}
