import type { Command } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import type { Surroundings } from '../context/context.ts';
import { issueSecret, revokeSecrets } from '../clients/api-secret.ts';

/** `vestibule apis`: secrets with which APIs ask about tokens. */
export function addApis(program: Command, surroundings: Surroundings): void {
  const apis = program
    .command('apis')
    .summary('let APIs ask about tokens')
    .description('An API that asks about tokens authenticates with its id and a secret of its own.');
  const secret = withRealmOptions(apis.command('secret'))
    .summary('make a secret for an API, and show it once')
    .description(
      'Makes a secret and shows it, once. The one before goes on counting until the next is made, so that the API can change over.',
    )
    .argument('<api>', 'the API’s id');
  onCall(secret, (options, [api = '']) => issueSecret(surroundings, options, api));
  const revoke = withRealmOptions(apis.command('revoke'))
    .summary('revoke every secret of an API, at once')
    .description('From now on none of the API’s secrets counts, on every node.')
    .argument('<api>', 'the API’s id');
  onCall(revoke, (options, [api = '']) => revokeSecrets(surroundings, options, api));
}
