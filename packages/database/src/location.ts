import { readAddress } from '@vestibule/postgres/address';
import { holdsSecret } from './without-secrets.ts';

/** The location of the data. */
export type DatabaseLocation =
  | { readonly kind: 'sqlite'; /** A file, or `:memory:`. */ readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** The location that a database URL names, or why the URL cannot be used. */
export type DatabaseUrl =
  | { readonly ok: true; readonly location: DatabaseLocation }
  | {
      readonly ok: false;
      /** The printable part of the URL and what it must look like; continues a text such as `DATABASE_URL=`. */
      readonly problem: string;
    };

/** Parses a database URL. */
export function readDatabaseUrl(url: string): DatabaseUrl {
  if (/^sqlite:/i.test(url)) return readFile(url.slice('sqlite:'.length));
  if (/^file:/i.test(url)) return unreadable('file:… must begin with sqlite:, as in sqlite:./vestibule.db.');
  if (!/^postgres(?:ql)?:/i.test(url)) return unreadable(`${printable(url)} ${FORM}`);
  const address = readAddress(url);
  return address.ok
    ? { ok: true, location: { kind: 'postgres', url: address.url } }
    : unreadable(`${printable(url)} ${address.problem}`);
}

const FORM =
  'must look like sqlite:./vestibule.db (or sqlite::memory:, which is lost when the process ends) or postgres://user:password@host:5432/database.';

/** Whether a path contains a colon before an `@`, like a user name and password. The colon of a drive (`C:\\`) does not count. */
const looksLikeUserInfo = (path: string): boolean =>
  /^[^:]*:.*@/s.test(path.replace(/^\/?[a-z]:(?=[\\/])/i, ''));

function readFile(written: string): DatabaseUrl {
  const path = written.replace(/^\/\/(?=\S)/, '');
  if (/^file:/i.test(path)) {
    return unreadable('sqlite:file:… must name only the file, as in sqlite:./vestibule.db.');
  }
  // SQLite itself would read the query as a part of the file's name.
  if (path.includes('?')) {
    return unreadable(
      'sqlite:…?… must name only the file: SQLite databases take no options here. Remove the ? and everything after it.',
    );
  }
  if (holdsSecret(path) || looksLikeUserInfo(path)) {
    return unreadable(
      'sqlite:… must name only a file, as in sqlite:./vestibule.db: SQLite databases have no server, user name or password. For PostgreSQL use a URL that begins with postgres://.',
    );
  }
  return /^\/?[^/\s]/.test(path)
    ? { ok: true, location: { kind: 'sqlite', path } }
    : unreadable(`sqlite:… ${FORM}`);
}

const unreadable = (problem: string): DatabaseUrl => ({ ok: false, problem });

/** The printable part of a URL that cannot be parsed: the scheme, because a password may be anywhere in the rest. */
const printable = (url: string): string => `${/^[a-z]+:/i.exec(url)?.[0] ?? ''}…`;

/** Describes a location for messages; of a server only the scheme and the host. */
export function describeLocation(location: DatabaseLocation): string {
  if (location.kind === 'sqlite') return `sqlite:${location.path}`;
  const address = readAddress(location.url);
  return address.ok ? address.place : printable(location.url);
}
