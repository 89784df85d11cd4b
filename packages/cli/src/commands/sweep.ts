import type { Command } from 'commander';
import { nameDatabase } from '../database/named.ts';
import { withDatabase } from '../database/with-database.ts';
import { type RealmOptions, withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { createProgress } from '../output/progress.ts';
import { printResult } from '../output/print.ts';
import { chooseRealm } from '../realm/choose.ts';
import type { CommandContext } from '../context/command-context.ts';
import { report } from '../sweep/sweep-report.ts';
import { sweepAll } from '../sweep/sweep-realm.ts';

interface SweepOptions extends RealmOptions {
  /** @default 500 */
  readonly batch?: number;
}

/** `vestibule sweep`: hibernates and removes clients that are due, and deletes expired data. */
export function addSweep(program: Command, context: CommandContext): void {
  const command = withRealmOptions(program.command('sweep'))
    .summary('hibernate and remove clients that are due, and delete expired data')
    .description(
      'Hibernates clients that are no longer used, removes clients whose time is over, and deletes other expired data. A running server does this by itself; use this command if no server runs, or to sweep more often. Without --realm it sweeps the clients of every realm.',
    )
    .option(
      '--batch <n>',
      'how many items to process at a time, with a pause in between for other work (default: 500)',
      wholeNumber(100_000),
    );
  onCall(command, (options) => sweep(context, options));
}

async function sweep(context: CommandContext, options: SweepOptions): Promise<void> {
  const { clock, stderr, stdout } = context;
  const { realm: wanted, batch = 500 } = options;
  const progress = createProgress(stderr);
  const swept = await withDatabase(nameDatabase(options, context), async (database) => {
    const { realms } = database.stores;
    const chosen = wanted === undefined ? await realms.list() : [await chooseRealm(realms, wanted)];
    const ids = chosen.flatMap((realm) => realm?.id ?? []);
    try {
      return await sweepAll({ database, realms: ids, batch, clock, progress });
    } finally {
      progress.end();
    }
  });
  printResult(context, options, { document: swept, text: () => report(swept, stdout.columns) });
}
