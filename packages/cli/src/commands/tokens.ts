import { type Command, Option } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { parseDuration } from '../options/duration.ts';
import { parseMoment } from '../options/moment.ts';
import { onCall } from '../options/on-call.ts';
import { repeatable } from '../options/repeatable.ts';
import { wholeNumber } from '../options/whole-number.ts';
import type { CommandContext } from '../context/command-context.ts';
import { issueToken } from '../tokens/issue-token.ts';
import { listTokens } from '../tokens/list-tokens.ts';
import { parseHostPattern, parseNote } from '../tokens/token-options.ts';
import { revokeToken } from '../tokens/revoke-tokens.ts';

/** `vestibule tokens`: initial access tokens, with which chosen software may register. */
export function addTokens(program: Command, context: CommandContext): void {
  const tokens = program
    .command('tokens')
    .summary('list, issue and revoke initial access tokens')
    .description(
      'Manages initial access tokens. A client that presents one may register, as often as the token allows.',
    );

  const list = withRealmOptions(tokens.command('list'))
    .summary('list initial access tokens')
    .description('Lists the initial access tokens of the realm, without the token values.');
  onCall(list, (options) => listTokens(context, options));

  const issue = withRealmOptions(tokens.command('issue'))
    .summary('issue an initial access token and print it once')
    .description(
      'Issues an initial access token and prints it once. Standard output contains only the token; with --json it is the member token.',
    )
    .option('--uses <n>', 'how many clients may register with it (default: 1)', wholeNumber(1_000_000))
    .option('--expires-in <time>', 'its lifetime: 30d, 12h 30m (default: 7d)', parseDuration)
    .addOption(
      new Option('--expires-at <moment>', 'when it expires: 2027-01-31, 2027-01-31T12:00:00Z')
        .argParser(parseMoment)
        .conflicts('expiresIn'),
    )
    .option(
      '--redirect-host <pattern>',
      'allow https redirect URIs only on this host: app.example, *.app.example; may be repeated',
      repeatable(parseHostPattern),
    )
    .option('--scope <name>', 'allow its clients only this scope; may be repeated', repeatable())
    .option('--api <id>', 'allow its clients only this API, by id; may be repeated', repeatable())
    .option('--note <text>', 'a note about its purpose', parseNote)
    .addHelpText('after', EXAMPLES);
  onCall(issue, (options) => issueToken(context, options));

  const revoke = withRealmOptions(tokens.command('revoke'))
    .summary('revoke an initial access token')
    .description(
      'Revokes a token, so that no client can register with it. Clients that already registered stay.',
    )
    .argument('<id>', 'the id of the token, as in the list');
  onCall(revoke, (options, [id = '']) => revokeToken(context, options, id));
}

const EXAMPLES = `
Examples:
  vestibule tokens issue --uses 20 --expires-in 30d --note "Acme’s rollout"
  vestibule tokens issue --redirect-host "*.acme.example" --scope notes:read --api notes`;
