import { type DatabaseLocation, readDatabaseUrl, Refused } from '@vestibule/database';
import { withSecretFiles } from '@vestibule/node/environment';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CommandContext } from '../context/command-context.ts';
import { WrongUsage } from '../options/wrong-usage.ts';

/** The option that names the database. */
export interface DatabaseOption {
  readonly database?: string;
}

/** The location of a database, and the variable or option that named it. */
export interface NamedDatabase {
  readonly location: DatabaseLocation;
  /** The prefix of the location in messages, such as `DATABASE_URL=`. */
  readonly namedBy: string;
}

const DEFAULT_URL = 'sqlite:./vestibule.db';

/**
 * The database that a command works on: that of the option, or of `DATABASE_URL` or the file `DATABASE_URL_FILE`, or the default. An
 * empty variable counts as unset.
 *
 * @throws Refused if `DATABASE_URL` is invalid, or its file cannot be read
 * @throws WrongUsage if the option is invalid
 */
export function nameDatabase(
  { database }: DatabaseOption,
  { env }: Pick<CommandContext, 'env'>,
): NamedDatabase {
  const url = database ?? (withSecretFiles(env, ['DATABASE_URL'])['DATABASE_URL'] || DEFAULT_URL);
  const namedBy = database === undefined ? 'DATABASE_URL=' : '--database ';
  const read = readDatabaseUrl(url);
  if (read.ok) return { location: read.location, namedBy };
  const problem = `${namedBy}${read.problem}`;
  throw database === undefined ? new Refused(problem) : new WrongUsage(problem);
}

/** Whether the database exists. For a server this is assumed: opening it tells. */
export function databaseExists({ location }: NamedDatabase): boolean {
  if (location.kind === 'postgres') return true;
  if (location.path === ':memory:') return false;
  const found = statSync(resolve(location.path), { throwIfNoEntry: false });
  return found !== undefined && (found.isDirectory() || found.size > 0);
}
