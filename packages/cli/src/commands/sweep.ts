import type { Command } from 'commander';
import { nameDatabase } from '../database/named.ts';
import { withDatabase } from '../database/with-database.ts';
import { type RealmOptions, withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { createProgress } from '../output/progress.ts';
import { tell } from '../output/print.ts';
import { chooseRealm } from '../realm/choose.ts';
import type { Surroundings } from '../context/context.ts';
import { report } from '../sweep/sweep-report.ts';
import { sweepAll } from '../sweep/sweep-realm.ts';

interface SweepOptions extends RealmOptions {
  /** @default 500 */
  readonly batch?: number;
}

/** `vestibule sweep`: sees to what is over, now. */
export function addSweep(program: Command, surroundings: Surroundings): void {
  const command = withRealmOptions(program.command('sweep'))
    .summary('see to all whose time is over, now')
    .description(
      'Puts clients to sleep that nobody uses, removes those whose time is over, and deletes whatever else has expired. A server that runs does so by itself; this is for when it does not, or not often enough. Without --realm it sees to the clients of every realm.',
    )
    .option(
      '--batch <n>',
      'how many of a kind at once; others come through between (default: 500)',
      wholeNumber(100_000),
    );
  onCall(command, (options) => sweep(surroundings, options));
}

async function sweep(surroundings: Surroundings, options: SweepOptions): Promise<void> {
  const { clock, stderr, stdout } = surroundings;
  const { realm: wanted, batch = 500 } = options;
  const progress = createProgress(stderr);
  const swept = await withDatabase(nameDatabase(options, surroundings), async (database) => {
    const { realms } = database.stores;
    const chosen = wanted === undefined ? await realms.list() : [await chooseRealm(realms, wanted)];
    const ids = chosen.flatMap((realm) => realm?.id ?? []);
    try {
      return await sweepAll({ database, realms: ids, batch, clock, progress });
    } finally {
      progress.end();
    }
  });
  tell(surroundings, options, { document: swept, text: () => report(swept, stdout.columns) });
}
