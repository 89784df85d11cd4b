import { keyFileOf } from '@vestibule/database';
import { statSync } from 'node:fs';
import type { KeyCipherOptions } from '../keys/find-key-cipher.ts';

/** The read bits of the group and of others. */
const OTHERS_MAY_READ = 0o044;

/**
 * Warnings about files with secrets that other accounts of this computer can read: the SQLite database with its log, and
 * the file with the secret that encrypts signing keys. None on Windows, which does not use file modes.
 */
export const readableByOthers = (
  { database, keyEncryption }: KeyCipherOptions,
  platform: NodeJS.Platform = process.platform,
): readonly string[] => {
  if (platform === 'win32') return [];
  const path = database?.kind === 'sqlite' && database.path !== ':memory:' ? database.path : undefined;
  const files = [
    ...(path === undefined ? [] : [path, `${path}-wal`]),
    ...(keyEncryption.from === 'file' ? [keyEncryption.path] : []),
    ...(path !== undefined && keyEncryption.from === 'default' ? [keyFileOf(path)] : []),
  ];
  return files
    .filter(isReadableByOthers)
    .map((file) => `other accounts can read ${file}. Run chmod 600 ${file}`);
};

function isReadableByOthers(file: string): boolean {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & OTHERS_MAY_READ) !== 0;
}
