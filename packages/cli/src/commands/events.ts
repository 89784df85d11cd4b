import type { Command } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { parseDuration } from '../options/duration.ts';
import { onCall } from '../options/on-call.ts';
import { several } from '../options/several.ts';
import { wholeNumber } from '../options/whole-number.ts';
import type { Surroundings } from '../context/context.ts';
import { type EventsOptions, listEvents } from '../events/list-events.ts';

/** `vestibule events`: what happened in a realm. */
export function addEvents(program: Command, surroundings: Surroundings): void {
  const events = withRealmOptions(program.command('events'))
    .summary('list what happened')
    .description('Lists what was taken down in the realm, the newest first.')
    .option(
      '--type <name>',
      'only events of this name; a * stands for anything; several times for several',
      several(),
    )
    .option('--since <time>', 'only those of the last 30d, 12h 30m', parseDuration)
    .option('--limit <n>', 'how many at most (default: 100)', wholeNumber(100_000))
    .addHelpText('after', EXAMPLES);
  onCall(events, (options: EventsOptions) => listEvents(surroundings, options));
}

const EXAMPLES = `
Examples:
  vestibule events --since 1d
  vestibule events --type registration.would-refuse --json
  vestibule events --type 'client.*' --limit 20`;
