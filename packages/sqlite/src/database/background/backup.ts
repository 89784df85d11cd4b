import SqliteConnection, { type Database } from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * Copies a database as of one point in time to a new file that only its owner can read. Writes continue meanwhile. The file
 * appears when it is complete and synced.
 *
 * @throws Error if `file` exists already or cannot be written
 */
export function backUp(database: Database, file: string): void {
  if (existsSync(file)) throw new Error('there is something at this place already; choose another file.');
  const unfinished = `${file}.${randomBytes(4).toString('hex')}.unfinished`;
  closeSync(openSync(unfinished, 'wx', 0o600));
  try {
    database.prepare('VACUUM INTO ?').run(unfinished);
    sync(unfinished);
    takePlace(unfinished, file);
  } finally {
    rmSync(unfinished);
  }
  sync(dirname(file));
}

/** Unlike a rename, never replaces a file. */
function takePlace(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (existsSync(to)) throw error;
    // Not every file system supports links.
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    sync(to);
  }
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Backs up a database that may be in use by another process of any version. The database is not changed.
 *
 * @throws Error if no database exists at `path`, or as {@link backUp}
 */
export function backUpFile(path: string, file: string): void {
  const database = new SqliteConnection(path, { fileMustExist: true, timeout: 5_000 });
  try {
    backUp(database, file);
  } finally {
    database.close();
  }
}
