import { type Command, Option } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import { several } from '../options/several.ts';
import { wholeNumber } from '../options/whole-number.ts';
import type { Surroundings } from '../context/context.ts';
import { addClient } from '../clients/add-client.ts';
import { setBlocked } from '../clients/block-client.ts';
import { changeClient } from '../clients/change-client.ts';
import { deleteClient } from '../clients/delete-client.ts';
import { listClients } from '../clients/list-clients.ts';
import { showClient } from '../clients/show-client.ts';
import { changeSecret } from '../clients/client-secret.ts';
import { STATES } from '../clients/client-states.ts';
import { METHODS } from '../clients/client-terms.ts';

/** `vestibule clients`: makes clients, and looks after those that introduced themselves. */
export function addClients(program: Command, surroundings: Surroundings): void {
  const clients = program
    .command('clients')
    .summary('list, show, add, change, block and delete clients')
    .description('Makes clients, and looks after those that introduced themselves.');
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
  const add = withTerms(withRealmOptions(clients.command('add')))
    .summary('make a client, and show its secret once')
    .description(
      'Makes a client that need not introduce itself. It may have what --api names, whatever the gates are.',
    )
    .option('--id <id>', 'its client_id (default: one that nobody can guess)')
    .addOption(new Option('--auth <method>', 'how it authenticates').choices(METHODS).makeOptionMandatory())
    .addHelpText('after', EXAMPLES);
  onCall(add, (options) => addClient(surroundings, options));

  onCall(
    withTerms(
      about(
        'change',
        'change what a client that an operator made may do',
        'Changes what is named of a client that an operator made, and leaves the rest as it is.',
      ),
    ),
    (options, [id = '']) => changeClient(surroundings, options, id),
  );
  onCall(
    about(
      'secret',
      'give a client another secret, and show it once',
      'Gives a client that an operator made another secret. The one before stays good beside it until the next, or until --end-old.',
    ).option('--end-old', 'make none; from now on the newest alone is good'),
    (options, [id = '']) => changeSecret(surroundings, options, id),
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

/** The options that say what a client is to be. */
const withTerms = (command: Command): Command =>
  command
    .option('--name <text>', 'its name, as people are shown it')
    .option('--redirect-uri <uri>', 'where it may send people; several times for several', several())
    .option(
      '--api <api=scopes>',
      'an API, by its id or resource, and the scopes it may hold there: notes=notes:read,notes:write; several times for several',
      several(),
    )
    .option('--remember-consent', 'do not ask a person again for what they allowed it already')
    .option('--no-remember-consent', 'ask each time')
    .addOption(
      new Option('--jwks <file>', 'a file with its public keys; - is standard input').conflicts('jwksUri'),
    )
    .option('--jwks-uri <url>', 'the https address of its public keys');

const EXAMPLES = `
Examples:
  vestibule clients add --name "Acme Mail" --redirect-uri https://mail.acme.example/cb --auth client_secret_basic --api notes=notes:read
  vestibule clients add --name "Acme CLI" --redirect-uri http://localhost/cb --auth none --api notes=notes:read`;
