import { openDatabase } from '@vestibule/sqlite';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { reasonOf } from '../reason.ts';
import { Refused } from '../refused.ts';

/** Copies the database of `DATABASE_URL` to a file, while it is in use. */
export async function backup(file: string): Promise<void> {
  const { database: location } = readConfig(process.env);
  if (location.kind === 'postgres') {
    throw new Refused('A PostgreSQL database is backed up with its own tools: pg_dump, or a base backup.');
  }
  const path = resolve(location.path);
  if (!existsSync(path)) {
    throw new Refused(`There is no database ${path} to back up. DATABASE_URL names another.`);
  }
  try {
    const database = openDatabase({ path });
    try {
      await database.backup(resolve(file));
    } finally {
      await database.close();
    }
  } catch (error) {
    throw new Refused(reasonOf(error));
  }
  console.log(
    `The database ${path} is backed up to ${resolve(file)}. To restore it, stop the app and start it with`,
  );
  console.log(`DATABASE_URL=sqlite:${file}`);
}
