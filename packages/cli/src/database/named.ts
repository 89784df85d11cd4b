import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Refused, WrongUsage } from '../errors/refused.ts';
import type { Surroundings } from '../context/context.ts';
import { type DatabaseLocation, readDatabaseUrl } from './location.ts';

/** The option that names the database. */
export interface DatabaseOption {
  readonly database?: string;
}

/** A database, and what named it. */
export interface NamedDatabase {
  readonly location: DatabaseLocation;
  /** What stands before the location in messages: `DATABASE_URL=`. */
  readonly namedBy: string;
}

const DEFAULT_URL = 'sqlite:./vestibule.db';

/**
 * The database that a command works against: the option's, or that of `DATABASE_URL`, or the default. An empty variable
 * counts as one that is not set.
 *
 * @throws Refused where `DATABASE_URL` cannot be read
 * @throws WrongUsage where the option cannot
 */
export function nameDatabase(
  { database }: DatabaseOption,
  { env }: Pick<Surroundings, 'env'>,
): NamedDatabase {
  const url = database ?? (env['DATABASE_URL'] || DEFAULT_URL);
  const namedBy = database === undefined ? 'DATABASE_URL=' : '--database ';
  const read = readDatabaseUrl(url);
  if (read.ok) return { location: read.location, namedBy };
  const problem = `${namedBy}${read.problem}`;
  throw database === undefined ? new Refused(problem) : new WrongUsage(problem);
}

/** Whether there is something to open. Of a server only opening can tell. */
export function isThere({ location }: NamedDatabase): boolean {
  if (location.kind === 'postgres') return true;
  if (location.path === ':memory:') return false;
  const found = statSync(resolve(location.path), { throwIfNoEntry: false });
  return found !== undefined && (found.isDirectory() || found.size > 0);
}
