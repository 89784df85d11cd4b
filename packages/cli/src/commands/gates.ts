import type { Command } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import type { Surroundings } from '../context/context.ts';
import { setGates } from '../gates/set-gates.ts';
import { showGates } from '../gates/show-gates.ts';

/** `vestibule gates`: shows, opens and closes what lets clients through that introduced themselves. */
export function addGates(program: Command, surroundings: Surroundings): void {
  const gates = withRealmOptions(program.command('gates'))
    .summary('show, open and close the three gates')
    .description(
      'Shows what lets clients through that introduced themselves: the realm’s door, each API, each scope. All three have to be open.',
    )
    .addHelpText('after', EXAMPLES);
  onCall(gates, (options) => showGates(surroundings, options));
  for (const verb of ['open', 'close'] as const) {
    const command = withRealmOptions(gates.command(verb))
      .summary(`${verb} gates, at once`)
      .description(
        `Gates to ${verb}: realm, api ID…, scope NAME…, one after the other. It works at once, on every node.`,
      )
      .argument('<gate...>', 'realm, api ID…, scope NAME…');
    onCall(command, (options, words) => setGates(surroundings, options, words, verb === 'open'));
  }
}

const EXAMPLES = `
Examples:
  vestibule gates
  vestibule gates open realm api notes scope notes:read notes:write
  vestibule gates close realm`;
