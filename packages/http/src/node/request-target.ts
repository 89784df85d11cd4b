/** Scheme and authority of an absolute URL. */
const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/**
 * The path and the query of a request target, as they were sent. A path with dot segments must not become another one here: guards of
 * the framework have compared it as it is.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112#section-3.2 RFC 9112 §3.2}
 */
export function pathAndQuery(target: string): string {
  if (target.startsWith('/')) return target;
  const rest = target.replace(AUTHORITY, '');
  if (rest === target) return '/';
  return rest.startsWith('/') ? rest : `/${rest}`;
}
