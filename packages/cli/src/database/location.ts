import { readAddress } from '@vestibule/postgres';
import { holdsSecret } from '../errors/without-secrets.ts';

/** Where the data is. */
export type DatabaseLocation =
  | { readonly kind: 'sqlite'; /** A file, or `:memory:`. */ readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** A database URL, read; or why it cannot be. */
export type DatabaseUrl =
  | { readonly ok: true; readonly location: DatabaseLocation }
  | {
      readonly ok: false;
      /** What may be printed of the URL, and what it must be: words that go on after `DATABASE_URL=`. */
      readonly problem: string;
    };

/** Reads a database URL. */
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
  'must look like sqlite:./vestibule.db (or sqlite::memory:, which forgets everything) or postgres://user:password@host:5432/database.';

/** A colon before an `@`: a user name and a password, wherever they stand. The colon of a drive (`C:\\`) does not count. */
const looksLikeUserInfo = (path: string): boolean =>
  /^[^:]*:.*@/s.test(path.replace(/^\/?[a-z]:(?=[\\/])/i, ''));

function readFile(written: string): DatabaseUrl {
  const path = written.replace(/^\/\/(?=\S)/, '');
  if (/^file:/i.test(path)) {
    return unreadable('sqlite:file:… must name the file alone, as in sqlite:./vestibule.db.');
  }
  // SQLite itself would take what stands there for a part of the file's name.
  if (path.includes('?')) {
    return unreadable(
      'sqlite:…?… must name the file alone: SQLite databases take no options here. Leave out ? and what stands behind it.',
    );
  }
  if (holdsSecret(path) || looksLikeUserInfo(path)) {
    return unreadable(
      'sqlite:… must name a file alone, as in sqlite:./vestibule.db: SQLite databases have no server, user name or password. An address of PostgreSQL begins with postgres://.',
    );
  }
  return /^\/?[^/\s]/.test(path)
    ? { ok: true, location: { kind: 'sqlite', path } }
    : unreadable(`sqlite:… ${FORM}`);
}

const unreadable = (problem: string): DatabaseUrl => ({ ok: false, problem });

/** What may be printed of a URL that cannot be read: nobody knows where its password stands. */
const printable = (url: string): string => `${/^[a-z]+:/i.exec(url)?.[0] ?? ''}…`;

/** The location as it may be printed: of a server the scheme and the host alone. */
export function describeLocation(location: DatabaseLocation): string {
  if (location.kind === 'sqlite') return `sqlite:${location.path}`;
  const address = readAddress(location.url);
  return address.ok ? address.place : printable(location.url);
}
