import { Refused } from '@vestibule/database';
import type { ImportProgress } from '@vestibule/postgres';
import type { Command } from 'commander';
import { withJsonOption } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import { type JsonOption, printResult } from '../output/print.ts';
import type { Output, CommandContext } from '../context/command-context.ts';
import { move, type Moved } from '../move/move-database.ts';
import { keyFileNote } from '../database/key-file-note.ts';

/** `vestibule move`: moves the data from SQLite, for one node, to PostgreSQL, for many. */
export function addMove(program: Command, context: CommandContext): void {
  const command = withJsonOption(program.command('move'))
    .summary('move all data from SQLite to PostgreSQL')
    .description(
      'Moves all data from a SQLite file to an empty PostgreSQL database, or none of it. Stop Vestibule first. The file is not changed. If you repeat a move, it changes nothing and verifies that all data is there.',
    )
    .argument('<from>', 'sqlite:./vestibule.db')
    .argument('<to>', 'postgres://user:password@host/database');
  onCall(command, async (options, [from = '', to = '']) =>
    printMoved(context, options, await move(from, to, showProgress(context.stderr))),
  );
}

function printMoved(context: CommandContext, options: JsonOption, { outcome, where, file }: Moved): void {
  if (outcome.outcome === 'conflict') {
    throw new Refused(
      `${where} already contains other data, in the table ${outcome.table}. Nothing was changed.\n` +
        'Move to an empty database, or drop this one first if it is no longer needed.',
    );
  }
  printResult(context, options, {
    document: { ...outcome, to: where },
    text: () =>
      outcome.outcome === 'imported'
        ? `Moved ${outcome.rows} rows to ${where} and verified them. Start the app with the new DATABASE_URL.${keyFileNote(file)}`
        : `${where} already contains the same data. Nothing was changed.`,
  });
}

/** Prints a line for each table. On a terminal the line is updated while rows are copied. */
function showProgress(output: Output): (progress: ImportProgress) => void {
  return ({ table, done, total }) => {
    const line = `${table.padEnd(21)} ${String(done).padStart(9)} of ${total}`;
    const isFinished = done === total;
    if (output.isTTY === true) output.write(`\r${line}${isFinished ? '\n' : ''}`);
    else if (isFinished) output.write(`${line}\n`);
  };
}
