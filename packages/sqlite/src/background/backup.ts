import type { Database } from 'better-sqlite3';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Copies a database as it is at one moment to a new file, readable for its owner alone. Writers go on meanwhile. The
 * file appears when it is whole and on the disk.
 *
 * @throws Error where there is something at `file` already, or it cannot be written
 */
export function backUp(database: Database, file: string): void {
  if (existsSync(file)) throw new Error('there is something at this place already; choose another file.');
  const unfinished = `${file}.unfinished`;
  closeSync(openSync(unfinished, 'wx', 0o600));
  try {
    database.prepare('VACUUM INTO ?').run(unfinished);
    sync(unfinished);
    // Unlike a rename, a link takes nobody's place.
    linkSync(unfinished, file);
  } finally {
    rmSync(unfinished);
  }
  sync(dirname(file));
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
