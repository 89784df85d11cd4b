import { isStoreUnavailable } from '@vestibule/core';
import { type Database, databaseRefused, describeLocation, openDatabase, Refused } from '@vestibule/database';
import { databaseExists, type NamedDatabase } from './named.ts';

/** A command runs one query at a time, and may begin the next while the last one is still being written. */
const CONNECTIONS = 2;

/**
 * Opens an existing database, does some work with it and closes it. Never creates a database.
 *
 * @throws Refused if the database does not exist or cannot be used
 */
export async function withDatabase<T>(
  named: NamedDatabase,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const { location, namedBy } = named;
  if (!databaseExists(named)) {
    throw new Refused(
      `The database ${describeLocation(location)} does not exist. Set DATABASE_URL or --database to one that does.`,
    );
  }
  const database = await openDatabase(location, { maxConnections: CONNECTIONS, namedBy });
  try {
    return await work(database);
  } catch (error) {
    throw isStoreUnavailable(error) ? databaseRefused(location, error, namedBy) : error;
  } finally {
    await database.close();
  }
}
