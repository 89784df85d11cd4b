import { type Command, Option } from 'commander';
import { addApi, changeApi, removeApi } from '../apis/change-api.ts';
import { listApis, showApi } from '../apis/show-apis.ts';
import { issueSecret, revokeSecrets } from '../clients/api-secret.ts';
import type { CommandContext } from '../context/command-context.ts';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import { repeatable } from '../options/repeatable.ts';

/** `vestibule apis`: the APIs of a realm, and the secrets with which they introspect tokens. */
export function addApis(program: Command, context: CommandContext): void {
  const apis = program
    .command('apis')
    .summary('list, show, add, change and remove APIs, and create their secrets')
    .description(
      'Manages the APIs that the realm issues tokens for. An API authenticates with its id and a secret when it introspects tokens.',
    );
  const about = (verb: string, summary: string, description: string): Command =>
    withRealmOptions(apis.command(verb))
      .summary(summary)
      .description(description)
      .argument('<api>', 'the id of the API');

  const list = withRealmOptions(apis.command('list'))
    .summary('list APIs')
    .description('Lists the APIs of the realm.');
  onCall(list, (options) => listApis(context, options));
  onCall(
    about('show', 'show all details of an API', 'Shows all details of an API, without its secrets.'),
    (options, [api = '']) => showApi(context, options, api),
  );
  onCall(
    withApi(
      about(
        'add',
        'add an API',
        'Adds an API, closed to dynamic clients: vestibule gates open api ID opens it.',
      ),
    )
      .requiredOption(
        '--resource <uri>',
        'its resource indicator: an absolute URI, or a path at the issuer such as /mcp; it never changes',
      )
      .addHelpText('after', EXAMPLES),
    (options, [api = '']) => addApi(context, options, api),
  );
  onCall(
    withApi(
      about(
        'change',
        'change an API',
        'Changes what the options name of an API, and keeps the rest. Id and resource never change: tokens are bound to them.',
      ),
    ),
    (options, [api = '']) => changeApi(context, options, api),
  );
  onCall(
    about(
      'remove',
      'remove an API and its secrets',
      'Removes an API and its secrets. Codes and refresh tokens for it are refused immediately on every node. Grants stay stored: if an API with the same resource is added before they expire, they are valid again. Asks for confirmation first.',
    ).option('--yes', 'do not ask for confirmation; required if standard input is not a terminal'),
    (options, [api = '']) => removeApi(context, options, api),
  );
  onCall(
    about(
      'secret',
      'create a secret for an API and print it once',
      'Creates a secret and prints it once. The previous secret stays valid until you create another, so that the API can switch over.',
    ),
    (options, [api = '']) => issueSecret(context, options, api),
  );
  onCall(
    about(
      'revoke',
      'revoke all secrets of an API',
      'Revokes all secrets of an API. This takes effect immediately on every node.',
    ),
    (options, [api = '']) => revokeSecrets(context, options, api),
  );
}

/** Adds the options that describe an API. */
const withApi = (command: Command): Command =>
  command
    .option('--name <text>', 'the name that people see')
    .option('--scope <name>', 'a scope of the realm that it has; may be repeated', repeatable())
    .addOption(
      new Option('--dpop <policy>', 'whether its tokens are bound to a key of the client').choices([
        'off',
        'offered',
        'required',
      ]),
    )
    .option('--pushed-requests-only', 'require that authorization requests for it are pushed first')
    .option('--no-pushed-requests-only', 'do not require that')
    .option(
      '--allowed-group <name>',
      'a group whose people may let apps use it; repeat it for each: others are removed',
      repeatable(),
    )
    .option('--every-person', 'let every person of the realm allow apps to use it');

const EXAMPLES = `
Examples:
  vestibule apis add notes --name Notes --resource /mcp --scope notes:read --scope notes:write
  vestibule apis change notes --allowed-group agents --allowed-group staff`;
