import type { RateLimiter, Sweeper } from '@vestibule/core';
import type { Stores } from '@vestibule/server';
import { resolve } from 'node:path';
import { type DatabaseLocation, describeLocation, readDatabaseUrl } from './location.ts';
import { reasonOf } from './reason.ts';
import { Refused } from './refused.ts';

/** The stores and the rate limiter of an open database. */
export interface Database {
  readonly location: DatabaseLocation;
  readonly stores: Stores;
  readonly limiter: RateLimiter & Sweeper;
  /** Resolves if the database can be read and written. */
  ping(): Promise<void>;
  /** Closes all connections. */
  close(): Promise<void>;
}

/** Options of `openDatabase`. */
export interface OpenDatabaseOptions {
  /** The maximum number of connections to PostgreSQL. SQLite uses as many as it needs. @default 10 */
  readonly maxConnections?: number;
  /**
   * The prefix of the location in messages: the variable or option that named it, such as `DATABASE_URL=`.
   *
   * @default none
   */
  readonly namedBy?: string;
}

/**
 * Opens a database and brings its tables up to date. A SQLite file is created if it does not exist.
 *
 * @param database its URL, such as `sqlite:./vestibule.db` or `postgres://user:password@host:5432/database`, or its location
 * @throws Refused with the location, what is wrong and what to do; never with a user name or password
 * @example
 * ```ts
 * import { openDatabase } from '@vestibule/database';
 *
 * const { stores, limiter, close } = await openDatabase('sqlite:./vestibule.db');
 * ```
 */
export async function openDatabase(
  database: string | DatabaseLocation,
  { maxConnections = 10, namedBy = '' }: OpenDatabaseOptions = {},
): Promise<Database> {
  const location = typeof database === 'string' ? locate(database, namedBy) : database;
  try {
    const opened =
      location.kind === 'sqlite' ? openFile(location.path) : openServer(location.url, maxConnections);
    return { location, ...(await opened) };
  } catch (error) {
    throw databaseRefused(location, error, namedBy);
  }
}

/**
 * Explains why a database cannot be used.
 *
 * @param namedBy see {@link OpenDatabaseOptions}
 */
export function databaseRefused(location: DatabaseLocation, error: unknown, namedBy = ''): Refused {
  // Errors of the SQLite store are complete sentences already.
  const isPlain = location.kind === 'sqlite' && error instanceof Error;
  return new Refused(`${namedBy}${describeLocation(location)}: ${isPlain ? error.message : reasonOf(error)}`);
}

function locate(url: string, namedBy: string): DatabaseLocation {
  const read = readDatabaseUrl(url);
  if (!read.ok) throw new Refused(`${namedBy}${read.problem}`);
  return read.location;
}

// Only the stores that are used are loaded.

async function openFile(path: string): Promise<Omit<Database, 'location'>> {
  const { createSqliteStores, openDatabase: openSqlite } = await import('@vestibule/sqlite');
  const { createSqliteRateLimiter } = await import('@vestibule/rate-limit');
  const database = openSqlite({ path: path === ':memory:' ? path : resolve(path) });
  const { ping, close } = database;
  return { stores: createSqliteStores(database), limiter: createSqliteRateLimiter(database), ping, close };
}

async function openServer(url: string, maxConnections: number): Promise<Omit<Database, 'location'>> {
  const { createPostgresStores, openDatabase: openPostgres } = await import('@vestibule/postgres');
  const { createPostgresRateLimiter } = await import('@vestibule/rate-limit');
  const database = await openPostgres({ url, maxConnections });
  return {
    stores: createPostgresStores(database),
    limiter: createPostgresRateLimiter(database),
    ping: () => database.ping(),
    close: () => database.close(),
  };
}
