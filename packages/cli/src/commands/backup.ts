import { reasonOf, Refused } from '@vestibule/database';
import { backUpFile } from '@vestibule/sqlite';
import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type DatabaseOption, nameDatabase } from '../database/named.ts';
import { withDatabaseOption, withJsonOption } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import { type JsonOption, printResult } from '../output/print.ts';
import type { CommandContext } from '../context/command-context.ts';
import { keyFileNote } from '../database/key-file-note.ts';

type BackupOptions = DatabaseOption & JsonOption;

/** `vestibule backup`: copies a SQLite database while it is in use. */
export function addBackup(program: Command, context: CommandContext): void {
  const command = withJsonOption(withDatabaseOption(program.command('backup')))
    .summary('copy the SQLite database to a file while it is in use')
    .description('Copies the SQLite database to a new file while it is in use.')
    .argument('<file>', 'the path of the new file');
  onCall(command, (options, [file = '']) => backup(context, options, file));
}

async function backup(context: CommandContext, options: BackupOptions, file: string): Promise<void> {
  const { location } = nameDatabase(options, context);
  if (location.kind === 'postgres') {
    throw new Refused(
      'This database is on PostgreSQL. Back it up with PostgreSQL’s own tools: pg_dump or a base backup.',
    );
  }
  const path = resolve(location.path);
  if (!existsSync(path)) {
    throw new Refused(
      `The database ${path} does not exist. Set DATABASE_URL to the database that you want to back up.`,
    );
  }
  try {
    // The backup is taken without a migration first: a database of an earlier version is copied as it is.
    backUpFile(path, resolve(file));
  } catch (error) {
    throw new Refused(`The backup ${resolve(file)} was not created: ${reasonOf(error)}`);
  }
  printResult(context, options, {
    document: { database: path, backup: resolve(file) },
    text: () =>
      `Backed up the database ${path} to ${resolve(file)}. To restore it, stop the app and start it with\nDATABASE_URL=sqlite:${file}${keyFileNote(path)}`,
  });
}
