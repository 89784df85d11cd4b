import type { Command } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { parseDuration } from '../options/duration.ts';
import { onCall } from '../options/on-call.ts';
import { repeatable } from '../options/repeatable.ts';
import { wholeNumber } from '../options/whole-number.ts';
import type { CommandContext } from '../context/command-context.ts';
import { type EventsOptions, listEvents } from '../events/list-events.ts';

/** `vestibule events`: the audit events of a realm. */
export function addEvents(program: Command, context: CommandContext): void {
  const events = withRealmOptions(program.command('events'))
    .summary('list audit events')
    .description('Lists the audit events of the realm, newest first.')
    .option(
      '--type <name>',
      'only events of this type; * matches any characters; may be repeated',
      repeatable(),
    )
    .option('--since <time>', 'only events of the last 30d, 12h 30m', parseDuration)
    .option('--limit <n>', 'list at most this many (default: 100)', wholeNumber(100_000))
    .addHelpText('after', EXAMPLES);
  onCall(events, (options: EventsOptions) => listEvents(context, options));
}

const EXAMPLES = `
Examples:
  vestibule events --since 1d
  vestibule events --type registration.would-refuse --json
  vestibule events --type 'client.*' --limit 20`;
