import type { Command } from 'commander';
import type { CommandContext } from '../context/command-context.ts';
import { endGrants } from '../grants/end-grants.ts';
import { listGrants } from '../grants/list-grants.ts';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';

/** `vestibule grants`: what people have allowed clients. */
export function addGrants(program: Command, context: CommandContext): void {
  const grants = program
    .command('grants')
    .summary('list and end the grants of a client or a person')
    .description('Lists and ends grants: what people have allowed clients to access.');
  const ofWhom = (command: Command): Command =>
    withRealmOptions(command)
      .option('--client <id>', 'the grants of this client, by client_id')
      .option('--person <name>', 'the grants of this person, by username or subject');

  const list = ofWhom(grants.command('list'))
    .summary('list grants')
    .description('Lists the grants of a client, of a person, or of a person to a client.');
  onCall(list, (options) => listGrants(context, options));

  const end = ofWhom(grants.command('end'))
    .summary('end grants')
    .description(
      'Ends one grant, or all of a client, of a person, or of a person to a client. Codes and refresh tokens become invalid immediately on every node. People can approve the client again: to prevent that, block it. Asks for confirmation first.',
    )
    .argument('[id]', 'the id of one grant, as in the list')
    .option('--yes', 'do not ask for confirmation; required if standard input is not a terminal');
  onCall(end, (options, [id]) => endGrants(context, options, id));
}
