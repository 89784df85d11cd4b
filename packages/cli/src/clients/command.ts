import { type Command, Option } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import { wholeNumber } from '../options/whole-number.ts';
import type { Surroundings } from '../surroundings/surroundings.ts';
import { setBlocked } from './block.ts';
import { deleteClient } from './delete.ts';
import { listClients } from './list.ts';
import { showClient } from './show.ts';
import { STATES } from './states.ts';

/** `vestibule clients`: looks after the clients that introduced themselves. */
export function addClients(program: Command, surroundings: Surroundings): void {
  const clients = program
    .command('clients')
    .summary('list, show, block and delete clients')
    .description('Looks after the clients that introduced themselves.');
  const about = (verb: string, summary: string, description: string): Command =>
    withRealmOptions(clients.command(verb))
      .summary(summary)
      .description(description)
      .argument('<id>', 'its client_id');

  const list = withRealmOptions(clients.command('list'))
    .summary('list clients')
    .description('Lists the clients of the realm, in the order of their ids.')
    .addOption(new Option('--state <state>', 'only those in this state').choices(STATES))
    .option('--name <text>', 'only those whose name holds this')
    .option('--limit <n>', 'at most so many', wholeNumber(1_000_000));
  onCall(list, (options) => listClients(surroundings, options));

  onCall(
    about('show', 'show everything that is known of a client', 'Shows everything that is known of a client.'),
    (options, [id = '']) => showClient(surroundings, options, id),
  );
  onCall(
    about(
      'block',
      'end what a client may, for good',
      'Ends what people allowed a client, and lets nobody allow it more.',
    ),
    (options, [id = '']) => setBlocked(surroundings, options, id, 'block'),
  );
  onCall(
    about(
      'unblock',
      'let people allow a client something again',
      'Lets people allow a client something again.',
    ),
    (options, [id = '']) => setBlocked(surroundings, options, id, 'unblock'),
  );
  onCall(
    about(
      'delete',
      'delete a client',
      'Deletes a client, and ends what people allowed it. It asks first.',
    ).option('--yes', 'do not ask; needed where nobody can be asked'),
    (options, [id = '']) => deleteClient(surroundings, options, id),
  );
}
