import type { Command } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import type { CommandContext } from '../context/command-context.ts';
import { listKeys } from '../keys/list-keys.ts';
import { type ReplaceOptions, replaceKeys } from '../keys/replace-keys.ts';

/** `vestibule keys`: the signing keys of a realm. */
export function addKeys(program: Command, context: CommandContext): void {
  const keys = withRealmOptions(program.command('keys'))
    .summary('list and replace the signing keys of a realm')
    .description('Lists the signing keys of the realm, without the private keys.');
  onCall(keys, (options) => listKeys(context, options));
  const replace = withRealmOptions(keys.command('replace'))
    .summary('replace the signing keys')
    .description(
      'Replaces the signing key. The new key is generated with the next token, and published for a while before it signs, so that no token becomes invalid.',
    )
    .option(
      '--compromised',
      'the keys have leaked: sign with a new key immediately, and reject tokens that the old keys signed',
    );
  onCall(replace, (options: ReplaceOptions) => replaceKeys(context, options));
}
