import { type Command, Option } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import { repeatable } from '../options/repeatable.ts';
import { wholeNumber } from '../options/whole-number.ts';
import type { CommandContext } from '../context/command-context.ts';
import { addClient } from '../clients/add-client.ts';
import { setBlocked } from '../clients/block-client.ts';
import { changeClient } from '../clients/change-client.ts';
import { deleteClient } from '../clients/delete-client.ts';
import { listClients } from '../clients/list-clients.ts';
import { showClient } from '../clients/show-client.ts';
import { changeSecret } from '../clients/client-secret.ts';
import { STATES } from '../clients/client-states.ts';
import { METHODS } from '../clients/client-terms.ts';

/** `vestibule clients`: pre-registers clients, and manages all clients of a realm. */
export function addClients(program: Command, context: CommandContext): void {
  const clients = program
    .command('clients')
    .summary('list, show, add, change, block and delete clients')
    .description('Pre-registers clients, and manages all clients of a realm.');
  const about = (verb: string, summary: string, description: string): Command =>
    withRealmOptions(clients.command(verb))
      .summary(summary)
      .description(description)
      .argument('<id>', 'the client_id');

  const list = withRealmOptions(clients.command('list'))
    .summary('list clients')
    .description('Lists the clients of the realm, sorted by client_id.')
    .addOption(
      new Option(
        '--state <state>',
        'only clients in this state; awake is active, asleep is hibernated until a person consents again, gone is due for removal by the next sweep, expired was never used and may be restored',
      ).choices(STATES),
    )
    .option('--name <text>', 'only clients whose name contains this text')
    .option('--limit <n>', 'list at most this many', wholeNumber(1_000_000));
  onCall(list, (options) => listClients(context, options));

  onCall(
    about(
      'show',
      'show all details of a client',
      'Shows all details of a client, and whether today’s policy would accept it.',
    ),
    (options, [id = '']) => showClient(context, options, id),
  );
  const add = withTerms(withRealmOptions(clients.command('add')))
    .summary('pre-register a client and print its secret once')
    .description('Pre-registers a client. It may request what --api names, even if the gates are closed.')
    .option(
      '--id <id>',
      'the client_id (default: a random one); the URL of a metadata document is not fetched any more',
    )
    .addOption(
      new Option('--auth <method>', 'how the client authenticates at the token endpoint')
        .choices(METHODS)
        .makeOptionMandatory(),
    )
    .addHelpText('after', EXAMPLES);
  onCall(add, (options) => addClient(context, options));

  onCall(
    withTerms(
      about(
        'change',
        'change a pre-registered client',
        'Changes the properties of a pre-registered client that the options name, and keeps all others.',
      ),
    ),
    (options, [id = '']) => changeClient(context, options, id),
  );
  onCall(
    about(
      'secret',
      'create another secret for a client and print it once',
      'Creates another secret for a pre-registered client. The previous secret stays valid until you create another, or run the command with --end-old.',
    ).option('--end-old', 'create no secret, and invalidate all but the newest'),
    (options, [id = '']) => changeSecret(context, options, id),
  );
  onCall(
    about(
      'block',
      'block a client and revoke its grants',
      'Revokes all grants of a client, and refuses new ones until you unblock it.',
    ),
    (options, [id = '']) => setBlocked(context, options, id, 'block'),
  );
  onCall(
    about(
      'unblock',
      'let a blocked client ask for consent again',
      'Lets a blocked client ask for consent again. Grants that were revoked stay revoked.',
    ),
    (options, [id = '']) => setBlocked(context, options, id, 'unblock'),
  );
  onCall(
    about(
      'delete',
      'delete a client',
      'Deletes a client and revokes its grants. Asks for confirmation first.',
    ).option('--yes', 'do not ask for confirmation; required if standard input is not a terminal'),
    (options, [id = '']) => deleteClient(context, options, id),
  );
}

/** Adds the options that describe a pre-registered client. */
const withTerms = (command: Command): Command =>
  command
    .option('--name <text>', 'the name that people see')
    .option('--redirect-uri <uri>', 'a redirect URI; may be repeated', repeatable())
    .option(
      '--api <api=scopes>',
      'an API, by id or resource, and the scopes that the client may request there: notes=notes:read,notes:write; may be repeated',
      repeatable(),
    )
    .option('--remember-consent', 'do not ask people again for what they have already approved')
    .option('--no-remember-consent', 'ask people for consent each time')
    .addOption(
      new Option('--jwks <file>', 'a file with its public keys as a JWK Set; - is standard input').conflicts(
        'jwksUri',
      ),
    )
    .option('--jwks-uri <url>', 'the https URL of its JWK Set');

const EXAMPLES = `
Examples:
  vestibule clients add --name "Acme Mail" --redirect-uri https://mail.acme.example/cb --auth client_secret_basic --api notes=notes:read
  vestibule clients add --name "Acme CLI" --redirect-uri http://localhost/cb --auth none --api notes=notes:read`;
