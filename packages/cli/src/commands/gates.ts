import type { Command } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import type { CommandContext } from '../context/command-context.ts';
import { setGates } from '../gates/set-gates.ts';
import { showGates } from '../gates/show-gates.ts';

/** `vestibule gates`: shows, opens and closes the gates for dynamically registered clients. */
export function addGates(program: Command, context: CommandContext): void {
  const gates = withRealmOptions(program.command('gates'))
    .summary('show, open and close the gates for dynamic clients')
    .description(
      'Shows the gates for clients that register themselves or that a metadata document describes: the realm for each of the two, each API and each scope. A client needs that of the realm, an API and a scope to be open.',
    )
    .addHelpText('after', EXAMPLES);
  onCall(gates, (options) => showGates(context, options));
  for (const verb of ['open', 'close'] as const) {
    const command = withRealmOptions(gates.command(verb))
      .summary(`${verb} gates`)
      .description(
        `${verb === 'open' ? 'Opens' : 'Closes'} the named gates: realm, documents, api ID…, scope NAME…, in any combination. This takes effect immediately on every node.`,
      )
      .argument('<gate...>', 'realm, documents, api ID…, scope NAME…');
    onCall(command, (options, words) => setGates(context, options, words, verb === 'open'));
  }
}

const EXAMPLES = `
Examples:
  vestibule gates
  vestibule gates open realm api notes scope notes:read notes:write
  vestibule gates open documents
  vestibule gates close realm`;
