import type { Command } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import type { CommandContext } from '../context/command-context.ts';
import { issueSecret, revokeSecrets } from '../clients/api-secret.ts';

/** `vestibule apis`: the secrets with which APIs authenticate for token introspection. */
export function addApis(program: Command, context: CommandContext): void {
  const apis = program
    .command('apis')
    .summary('let APIs authenticate for token introspection')
    .description(
      'Manages the secrets of APIs. An API authenticates with its id and a secret when it introspects tokens.',
    );
  const secret = withRealmOptions(apis.command('secret'))
    .summary('create a secret for an API and print it once')
    .description(
      'Creates a secret and prints it once. The previous secret stays valid until you create another, so that the API can switch over.',
    )
    .argument('<api>', 'the id of the API');
  onCall(secret, (options, [api = '']) => issueSecret(context, options, api));
  const revoke = withRealmOptions(apis.command('revoke'))
    .summary('revoke all secrets of an API')
    .description('Revokes all secrets of an API. This takes effect immediately on every node.')
    .argument('<api>', 'the id of the API');
  onCall(revoke, (options, [api = '']) => revokeSecrets(context, options, api));
}
