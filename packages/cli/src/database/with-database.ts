import { isStoreUnavailable } from '@vestibule/core';
import { Refused } from '../errors/refused.ts';
import { type Database, databaseRefused, openDatabase } from './database.ts';
import { describeLocation } from './location.ts';
import { isThere, type NamedDatabase } from './named.ts';

/** A command asks one thing after the other, and begins the next while the last one is written. */
const CONNECTIONS = 2;

/**
 * Does some work with a database that there is; none is made.
 *
 * @throws Refused where there is none, or it cannot be used
 */
export async function withDatabase<T>(
  named: NamedDatabase,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const { location, namedBy } = named;
  if (!isThere(named)) {
    throw new Refused(
      `There is no database ${describeLocation(location)}. DATABASE_URL or --database names another.`,
    );
  }
  const database = await openDatabase(location, CONNECTIONS, namedBy);
  try {
    return await work(database);
  } catch (error) {
    throw isStoreUnavailable(error) ? databaseRefused(location, error, namedBy) : error;
  } finally {
    await database.close();
  }
}
