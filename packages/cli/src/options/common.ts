import type { Command } from 'commander';
import type { DatabaseOption } from '../database/named.ts';
import type { JsonOption } from '../output/print.ts';
import type { RealmOption } from '../realm/choose.ts';

/** The options of every command that works on a realm. */
export type RealmOptions = DatabaseOption & RealmOption & JsonOption;

export const withDatabaseOption = (command: Command): Command =>
  command.option('--database <url>', 'sqlite:FILE or postgres://…; takes precedence over DATABASE_URL');

export const withJsonOption = (command: Command): Command =>
  command.option('--json', 'print one JSON document instead of text');

export const withRealmOptions = (command: Command): Command =>
  withJsonOption(
    withDatabaseOption(command).option(
      '--realm <id>',
      'the id of the realm; required if the database has several',
    ),
  );
