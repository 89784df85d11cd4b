import { backUpFile } from '@vestibule/sqlite';
import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { aboutKeys } from '../database/key-file.ts';
import { type DatabaseOption, nameDatabase } from '../database/named.ts';
import { withDatabaseOption, withJsonOption } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import { type JsonOption, tell } from '../output/print.ts';
import { reasonOf } from '../errors/reason.ts';
import { Refused } from '../errors/refused.ts';
import type { Surroundings } from '../context/context.ts';

type BackupOptions = DatabaseOption & JsonOption;

/** `vestibule backup`: copies a SQLite database while it is in use. */
export function addBackup(program: Command, surroundings: Surroundings): void {
  const command = withJsonOption(withDatabaseOption(program.command('backup')))
    .summary('copy the SQLite database to a file, while it is in use')
    .description('Copies the SQLite database to a file that is not there yet, while it is in use.')
    .argument('<file>', 'where to');
  onCall(command, (options, [file = '']) => backup(surroundings, options, file));
}

async function backup(surroundings: Surroundings, options: BackupOptions, file: string): Promise<void> {
  const { location } = nameDatabase(options, surroundings);
  if (location.kind === 'postgres') {
    throw new Refused('A PostgreSQL database is backed up with its own tools: pg_dump, or a base backup.');
  }
  const path = resolve(location.path);
  if (!existsSync(path)) {
    throw new Refused(`There is no database ${path} to back up. DATABASE_URL names another.`);
  }
  try {
    // As it is: a database of an earlier version is backed up before anything is brought up to date.
    backUpFile(path, resolve(file));
  } catch (error) {
    throw new Refused(`The backup ${resolve(file)} was not made: ${reasonOf(error)}`);
  }
  tell(surroundings, options, {
    document: { database: path, backup: resolve(file) },
    text: () =>
      `The database ${path} is backed up to ${resolve(file)}. To restore it, stop the app and start it with\nDATABASE_URL=sqlite:${file}${aboutKeys(path)}`,
  });
}
