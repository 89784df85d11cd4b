import type { Command } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import type { Surroundings } from '../context/context.ts';
import { listKeys } from '../keys/list-keys.ts';
import { type ReplaceOptions, replaceKeys } from '../keys/replace-keys.ts';

/** `vestibule keys`: the keys that a realm signs tokens with. */
export function addKeys(program: Command, surroundings: Surroundings): void {
  const keys = withRealmOptions(program.command('keys'))
    .summary('list and replace the keys that tokens are signed with')
    .description('Lists the keys that the realm signs tokens with, without their private halves.');
  onCall(keys, (options) => listKeys(surroundings, options));
  const replace = withRealmOptions(keys.command('replace'))
    .summary('have other keys made')
    .description(
      'Has a new key made at the next token. It is published first and signs a while later, so that no token is lost.',
    )
    .option(
      '--compromised',
      'somebody else has the keys: sign with a new one at once, and believe no token of the old ones',
    );
  onCall(replace, (options: ReplaceOptions) => replaceKeys(surroundings, options));
}
