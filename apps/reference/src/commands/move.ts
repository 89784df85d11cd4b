import { type Database, importTables, openDatabase } from '@vestibule/postgres';
import { type DatabaseExport, exportDatabase } from '@vestibule/sqlite';
import { resolve } from 'node:path';
import {
  DATABASE_URL_FORM,
  type DatabaseLocation,
  describeLocation,
  parseDatabaseUrl,
  withoutSecrets,
} from '../database/location.ts';
import { reasonOf } from '../reason.ts';
import { Refused } from '../refused.ts';

/**
 * Moves everything from a SQLite file to an empty PostgreSQL database, all of it or nothing. The file stays as it is.
 * Doing it again changes nothing, and says whether all is there.
 */
export async function move(from: string, to: string): Promise<void> {
  const source = locate(from);
  const target = locate(to);
  if (source.kind !== 'sqlite' || target.kind !== 'postgres') {
    throw new Refused(
      'A move goes from SQLite to PostgreSQL: vestibule move sqlite:./vestibule.db postgres://…',
    );
  }
  const exported = await orRefuse(source, async () => exportDatabase(resolve(source.path)));
  try {
    const database = await orRefuse(target, () => openDatabase({ url: target.url }));
    try {
      await orRefuse(target, () => transfer(exported, database, target));
    } finally {
      await database.close();
    }
  } finally {
    exported.close();
  }
}

async function transfer(
  { tables }: DatabaseExport,
  database: Database,
  target: DatabaseLocation,
): Promise<void> {
  const where = describeLocation(target);
  const outcome = await importTables(database, tables, showProgress());
  switch (outcome.outcome) {
    case 'imported':
      console.log(
        `${outcome.rows} rows are moved to ${where}, and checked. Start the app with DATABASE_URL there.`,
      );
      return;
    case 'already-there':
      console.log(`Everything is in ${where} already, and equal. Nothing was changed.`);
      return;
    case 'conflict':
      throw new Refused(
        `${where} holds something else already, in the table ${outcome.table}. Nothing was changed.\n` +
          'Move to an empty database, or drop that one first if nobody needs it.',
      );
  }
}

/** A line for each table, written over while its rows go by where somebody is looking. */
function showProgress(): (progress: {
  readonly table: string;
  readonly done: number;
  readonly total: number;
}) => void {
  const { stdout } = process;
  return ({ table, done, total }) => {
    const line = `${table.padEnd(16)} ${String(done).padStart(9)} of ${total}`;
    if (stdout.isTTY) stdout.write(`\r${line}${done === total ? '\n' : ''}`);
    else if (done === total) console.log(line);
  };
}

function locate(url: string): DatabaseLocation {
  const location = parseDatabaseUrl(url);
  if (location === undefined) throw new Refused(`${withoutSecrets(url)} ${DATABASE_URL_FORM}`);
  return location;
}

async function orRefuse<T>(location: DatabaseLocation, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(`${describeLocation(location)}: ${reasonOf(error)}`);
  }
}
