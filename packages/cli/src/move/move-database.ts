import {
  type DatabaseLocation,
  describeLocation,
  readDatabaseUrl,
  reasonOf,
  Refused,
} from '@vestibule/database';
import { type ImportOutcome, importTables, type ImportProgress, openDatabase } from '@vestibule/postgres';
import { exportDatabase } from '@vestibule/sqlite';
import { resolve } from 'node:path';

/** The outcome of a move, with a target that is safe to print. */
export interface Moved {
  readonly outcome: ImportOutcome;
  readonly where: string;
  /** The SQLite file that was moved. */
  readonly file: string;
}

/**
 * Moves all data from a SQLite file to an empty PostgreSQL database, or none of it. The file is not changed. A repeated
 * move changes nothing and verifies that all data is there.
 *
 * @throws Refused if one of the databases cannot be used
 */
export async function move(
  from: string,
  to: string,
  onProgress: (progress: ImportProgress) => void,
): Promise<Moved> {
  const source = locate(from);
  const target = locate(to);
  if (source.kind !== 'sqlite' || target.kind !== 'postgres') {
    throw new Refused(
      'A move goes from SQLite to PostgreSQL. Run vestibule move sqlite:./vestibule.db postgres://…',
    );
  }
  const { tables, close } = await orRefuse(source, async () => exportDatabase(resolve(source.path)));
  try {
    const database = await orRefuse(target, () => openDatabase({ url: target.url }));
    try {
      const outcome = await orRefuse(target, () => importTables(database, tables, onProgress));
      return { outcome, where: describeLocation(target), file: source.path };
    } finally {
      await database.close();
    }
  } finally {
    close();
  }
}

function locate(url: string): DatabaseLocation {
  const read = readDatabaseUrl(url);
  if (!read.ok) throw new Refused(read.problem);
  return read.location;
}

async function orRefuse<T>(location: DatabaseLocation, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Refused(`${describeLocation(location)}: ${reasonOf(error)}`);
  }
}
