/** Enough for several entity tags; a longer list is answered with the whole representation. */
const MAX_LENGTH = 1_024;

/**
 * Whether `If-None-Match` names the current representation, so that the response is 304. The comparison is weak, because
 * proxies that compress a response make its tag weak.
 *
 * @param etag a strong entity tag, with its quotes
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 RFC 9110 §13.1.2}
 */
export function matchesEtag(ifNoneMatch: string | null | undefined, etag: string): boolean {
  if (typeof ifNoneMatch !== 'string' || ifNoneMatch.length > MAX_LENGTH) return false;
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || ifNoneMatch.trim() === '*';
}
