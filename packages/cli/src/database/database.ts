import type { RateLimiter, Sweeper } from '@vestibule/core';
import { createPostgresStores, openDatabase as openPostgres } from '@vestibule/postgres';
import { createPostgresRateLimiter, createSqliteRateLimiter } from '@vestibule/rate-limit';
import type { Stores } from '@vestibule/server';
import { createSqliteStores, openDatabase as openSqlite } from '@vestibule/sqlite';
import { resolve } from 'node:path';
import { reasonOf } from '../errors/reason.ts';
import { Refused } from '../errors/refused.ts';
import { type DatabaseLocation, describeLocation } from './location.ts';

/** The stores and the rate limiter of an open database. */
export interface Database {
  readonly stores: Stores;
  readonly limiter: RateLimiter & Sweeper;
  /** Resolves if the database can be read and written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the database and brings its tables up to date.
 *
 * @param namedBy the prefix of the location in messages: the variable or option that named it
 * @throws Refused with the location, what is wrong and what to do
 */
export async function openDatabase(
  location: DatabaseLocation,
  connections: number,
  namedBy?: string,
): Promise<Database> {
  try {
    return await (location.kind === 'sqlite'
      ? openFile(location.path)
      : openServer(location.url, connections));
  } catch (error) {
    throw databaseRefused(location, error, namedBy);
  }
}

/** Explains why the database cannot be used. Errors of the SQLite store are complete sentences already. */
export function databaseRefused(
  location: DatabaseLocation,
  error: unknown,
  namedBy = 'DATABASE_URL=',
): Refused {
  const isPlain = location.kind === 'sqlite' && error instanceof Error;
  return new Refused(`${namedBy}${describeLocation(location)}: ${isPlain ? error.message : reasonOf(error)}`);
}

async function openFile(path: string): Promise<Database> {
  const database = openSqlite({ path: path === ':memory:' ? path : resolve(path) });
  const { ping, close } = database;
  return { stores: createSqliteStores(database), limiter: createSqliteRateLimiter(database), ping, close };
}

async function openServer(url: string, maxConnections: number): Promise<Database> {
  const database = await openPostgres({ url, maxConnections });
  return {
    stores: createPostgresStores(database),
    limiter: createPostgresRateLimiter(database),
    ping: () => database.ping(),
    close: () => database.close(),
  };
}
