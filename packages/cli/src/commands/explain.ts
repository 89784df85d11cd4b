import type { Command } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import type { Surroundings } from '../context/context.ts';
import { explain } from '../explain/explain.ts';

/** `vestibule explain`: what the policy makes of a registration, and why. */
export function addExplain(program: Command, surroundings: Surroundings): void {
  const command = withRealmOptions(program.command('explain'))
    .summary('show what the policy makes of a registration')
    .description(
      'Shows what the realm’s policy makes of the body of a registration, rule by rule, be the door open or closed. Nothing is stored. Without a database it shows what the default settings make of it.',
    )
    .argument('<file>', 'the JSON that a client sends; - for standard input')
    .option('--token-id <id>', 'as for somebody who has this initial access token, by its id')
    .addHelpText('after', NOTE);
  onCall(command, (options, [file = '']) => explain(surroundings, options, file));
}

const NOTE = `
It ends with 0 where the registration is accepted, and with 1 where it is refused. Limits, and whether somebody needs an
initial access token, are not asked. What a token allows its clients counts where --token-id names one; none of its uses does.

Example:
  echo '{"redirect_uris":["http://192.168.0.2/callback"]}' | vestibule explain -`;
