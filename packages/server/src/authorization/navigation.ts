/**
 * Whether a person may have followed a link. A browser that asks for an image, a script or a frame, or on behalf of one, or
 * that looks ahead, says so, and nobody sees what it gets. Programs and old browsers say nothing, and are taken as before.
 *
 * `Sec-Fetch-Mode` is not looked at: what says `document` navigates, and programs on Node send a mode alone.
 *
 * @see {@link https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header Fetch Metadata, Sec-Fetch-Dest}
 * @see {@link https://wicg.github.io/nav-speculation/prefetch.html#sec-purpose-header Prefetch, Sec-Purpose}
 */
export function mayBeNavigation(headers: Headers): boolean {
  const destination = headers.get('sec-fetch-dest') ?? 'document';
  const purpose = headers.get('sec-purpose') ?? headers.get('purpose') ?? '';
  return destination === 'document' && !purpose.startsWith('prefetch');
}
