import type { Command } from 'commander';
import type { DatabaseOption } from '../database/named.ts';
import type { JsonOption } from '../output/print.ts';
import type { RealmOption } from '../realm/choose.ts';

/** The options of every command that is about a realm. */
export type RealmOptions = DatabaseOption & RealmOption & JsonOption;

export const withDatabaseOption = (command: Command): Command =>
  command.option('--database <url>', 'sqlite:FILE or postgres://…, in the place of DATABASE_URL');

export const withJsonOption = (command: Command): Command =>
  command.option('--json', 'one JSON document for programs, in the place of text');

export const withRealmOptions = (command: Command): Command =>
  withJsonOption(
    withDatabaseOption(command).option('--realm <id>', 'the realm; needed where there are several'),
  );
