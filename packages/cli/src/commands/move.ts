import type { ImportProgress } from '@vestibule/postgres';
import type { Command } from 'commander';
import { withJsonOption } from '../options/common.ts';
import { aboutKeys } from '../database/key-file.ts';
import { onCall } from '../options/on-call.ts';
import { type JsonOption, tell } from '../output/print.ts';
import { Refused } from '../errors/refused.ts';
import type { Screen, Surroundings } from '../context/context.ts';
import { move, type Moved } from '../move/move-database.ts';

/** `vestibule move`: from one computer to many. */
export function addMove(program: Command, surroundings: Surroundings): void {
  const command = withJsonOption(program.command('move'))
    .summary('move everything from SQLite to PostgreSQL')
    .description(
      'Moves everything from a SQLite file to a PostgreSQL database that holds nothing yet, all of it or nothing. Stop Vestibule before. The file stays as it is; done again, it changes nothing and says whether all is there.',
    )
    .argument('<from>', 'sqlite:./vestibule.db')
    .argument('<to>', 'postgres://user:password@host/database');
  onCall(command, async (options, [from = '', to = '']) =>
    tellMoved(surroundings, options, await move(from, to, showProgress(surroundings.stderr))),
  );
}

function tellMoved(surroundings: Surroundings, options: JsonOption, { outcome, where, file }: Moved): void {
  if (outcome.outcome === 'conflict') {
    throw new Refused(
      `${where} holds something else already, in the table ${outcome.table}. Nothing was changed.\n` +
        'Move to an empty database, or drop that one first if nobody needs it.',
    );
  }
  tell(surroundings, options, {
    document: { ...outcome, to: where },
    text: () =>
      outcome.outcome === 'imported'
        ? `${outcome.rows} rows are moved to ${where}, and checked. Start the app with DATABASE_URL there.${aboutKeys(file)}`
        : `Everything is in ${where} already, and equal. Nothing was changed.`,
  });
}

/** A line for each table, written over while its rows go by where somebody is looking. */
function showProgress(screen: Screen): (progress: ImportProgress) => void {
  return ({ table, done, total }) => {
    const line = `${table.padEnd(21)} ${String(done).padStart(9)} of ${total}`;
    const isOver = done === total;
    if (screen.isTTY === true) screen.write(`\r${line}${isOver ? '\n' : ''}`);
    else if (isOver) screen.write(`${line}\n`);
  };
}
