import type { StoreUnavailable } from '@vestibule/core';

/** What is wrong and what to do, by the beginning of the codes of SQLite and of the file system. */
const PROBLEMS: readonly (readonly [code: string, problem: string])[] = [
  ['ENOENT', 'its folder does not exist. Make the folder, or choose another file.'],
  ['ENOTDIR', 'its folder does not exist. Make the folder, or choose another file.'],
  ['EISDIR', 'it is a folder. Choose a file.'],
  ['EACCES', 'this account may not write it. Change its permissions, or choose another file.'],
  ['EPERM', 'this account may not write it. Change its permissions, or choose another file.'],
  ['EROFS', 'this account may not write it. Change its permissions, or choose another file.'],
  ['SQLITE_READONLY', 'this account may not write it. Change its permissions, or choose another file.'],
  ['SQLITE_CANTOPEN', 'it is gone, or this account may not write beside it. Look at its folder.'],
  ['SQLITE_NOTADB', 'it is not a database. Choose another file.'],
  ['SQLITE_CORRUPT', 'it is damaged. Put a backup in its place, or choose another file.'],
  ['SQLITE_BUSY', 'another program is writing it and does not end. Stop that program.'],
  ['SQLITE_LOCKED', 'another program is writing it and does not end. Stop that program.'],
  ['SQLITE_FULL', 'the disk is full. Make room, or choose a file on another disk.'],
  ['ENOSPC', 'the disk is full. Make room, or choose a file on another disk.'],
  ['SQLITE_IOERR', 'the disk does not read or write it. Choose a file on another disk.'],
];

const RETRY_AFTER = 5;

/**
 * The error for callers. If the file is the cause: an outage that names it and says what to do. Any other error is a bug and
 * unchanged.
 */
export function explained(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const problem = PROBLEMS.find(([beginning]) => code.startsWith(beginning))?.[1];
  return problem === undefined
    ? error
    : unavailable(`The database ${path} cannot be used: ${problem}`, error);
}

/** Whether another program holds the lock that an operation needs. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');

/** @param cause the original error */
export const unavailable = (message: string, cause?: unknown): StoreUnavailable =>
  Object.assign(new Error(message, { cause }), {
    code: 'STORE_UNAVAILABLE',
    retryAfter: RETRY_AFTER,
  } as const);
