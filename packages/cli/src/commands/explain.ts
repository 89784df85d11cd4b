import type { Command } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import type { CommandContext } from '../context/command-context.ts';
import { explain } from '../explain/explain-registration.ts';

/** `vestibule explain`: how the policy judges a registration request, and why. */
export function addExplain(program: Command, context: CommandContext): void {
  const command = withRealmOptions(program.command('explain'))
    .summary('show how the policy judges a registration request')
    .description(
      'Shows how the realm’s policy judges the body of a registration request, rule by rule, even if registration is closed. Nothing is stored. If no database exists, the default settings judge it.',
    )
    .argument('<file>', 'the JSON body of a registration request; - is standard input')
    .option('--token-id <id>', 'judge as if the client presented the initial access token with this id')
    .addHelpText('after', NOTE);
  onCall(command, (options, [file = '']) => explain(context, options, file));
}

const NOTE = `
Exits with 0 if the registration would be accepted and with 1 if it would be refused. Rate limits, and whether the realm
requires an initial access token, are not checked. With --token-id the restrictions of that token apply; no use is counted.
If the realm verifies registrations by metadata documents, those that could verify this one are fetched.

Example:
  echo '{"redirect_uris":["http://192.168.0.2/callback"]}' | vestibule explain -`;
