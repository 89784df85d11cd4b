import { openDatabase } from '@vestibule/sqlite';
import { resolve } from 'node:path';
import { reasonOf } from './reason.ts';
import { Refused } from './refused.ts';

type Database = ReturnType<typeof openDatabase>;

/** What to do about what SQLite and the file system say, by the beginning of their codes. */
const ADVICE: readonly (readonly [code: string, advice: string])[] = [
  ['ENOENT', 'its folder does not exist. Make the folder, or choose another file.'],
  ['ENOTDIR', 'its folder does not exist. Make the folder, or choose another file.'],
  ['EISDIR', 'it is a folder. Choose a file.'],
  ['EACCES', 'this account may not write it. Change its permissions, or choose another file.'],
  ['EPERM', 'this account may not write it. Change its permissions, or choose another file.'],
  ['EROFS', 'this account may not write it. Change its permissions, or choose another file.'],
  ['SQLITE_READONLY', 'this account may not write it. Change its permissions, or choose another file.'],
  ['SQLITE_CANTOPEN', 'this account may not write beside it. Change the permissions of its folder.'],
  ['SQLITE_NOTADB', 'it is not a database. Choose another file.'],
  ['SQLITE_CORRUPT', 'it is damaged. Put a backup in its place, or choose another file.'],
  ['SQLITE_BUSY', 'another program is writing it and does not end. Stop that program.'],
  ['SQLITE_FULL', 'the disk is full. Make room, or choose a file on another disk.'],
  ['ENOSPC', 'the disk is full. Make room, or choose a file on another disk.'],
  ['SQLITE_IOERR', 'the disk does not read or write it. Choose a file on another disk.'],
];

/**
 * Opens the database and does something with it; closes it where that fails.
 *
 * @throws Refused that names the file and what to do, where the file is the trouble
 */
export async function withDatabase<T>(path: string, use: (database: Database) => Promise<T>): Promise<T> {
  const database = explained(path, () => openDatabase({ path }));
  try {
    return await use(database);
  } catch (error) {
    database.close();
    throw explanation(path, error) ?? error;
  }
}

function explained(path: string, open: () => Database): Database {
  try {
    return open();
  } catch (error) {
    throw explanation(path, error) ?? refusal(path, reasonOf(error));
  }
}

function explanation(path: string, error: unknown): Refused | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const advice = ADVICE.find(([beginning]) => code.startsWith(beginning))?.[1];
  return advice === undefined ? undefined : refusal(path, advice);
}

const refusal = (path: string, why: string): Refused =>
  new Refused(`DATABASE_URL=sqlite:${path} (${resolve(path)}) cannot be used: ${why}`);
