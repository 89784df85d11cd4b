import type { Command } from 'commander';
import type { CommandContext } from '../context/command-context.ts';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import { showSunset } from '../sunset/show-sunset.ts';

/** `vestibule sunset`: what closing registration would do. */
export function addSunset(program: Command, context: CommandContext): void {
  const command = withRealmOptions(program.command('sunset'))
    .summary('report what closing registration would do')
    .description(
      'Reports which agents and people use clients that registered themselves, which of them could use a metadata document instead, and who would lose access if registration were closed now. Nothing is changed.',
    )
    .option('--people', 'list the people, too');
  onCall(command, (options) => showSunset(context, options));
}
