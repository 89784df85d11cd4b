/** Where the data is. */
export type DatabaseLocation =
  | { readonly kind: 'sqlite'; /** A file, or `:memory:`. */ readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

const SQLITE = /^sqlite:(?:\/\/(?=[^\s]))?([^/\s].*|\/[^/\s].*)$/;

/** What a database URL has to look like, for whoever wrote another one. */
export const DATABASE_URL_FORM =
  'must look like sqlite:./vestibule.db (or sqlite::memory:, which forgets everything) or postgres://user:password@host:5432/database';

/** Reads a database URL; `undefined` where it is none that is known here. */
export function parseDatabaseUrl(url: string): DatabaseLocation | undefined {
  const [, path] = SQLITE.exec(url) ?? [];
  if (path !== undefined) return { kind: 'sqlite', path };
  const { protocol, hostname, pathname, searchParams } = URL.parse(url) ?? new URL('none:');
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') return undefined;
  const hasHost = hostname !== '' || searchParams.has('host');
  const spelled = url.replace(/^[a-z]+/i, (scheme) => scheme.toLowerCase());
  return hasHost && pathname.length > 1 ? { kind: 'postgres', url: spelled } : undefined;
}

/** What may be printed of a database URL that could not be read: what it begins with. */
export const withoutSecrets = (url: string): string =>
  url.startsWith('sqlite:') ? url : `${/^[a-z]+:/i.exec(url)?.[0] ?? ''}…`;

/** The location as it may be printed: without a password. */
export function describeLocation(location: DatabaseLocation): string {
  if (location.kind === 'sqlite') return `sqlite:${location.path}`;
  const { protocol, username, host, pathname } = new URL(location.url);
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
}
