import { type Command, Option } from 'commander';
import { withRealmOptions } from '../options/common.ts';
import { parseDuration } from '../options/duration.ts';
import { parseMoment } from '../options/moment.ts';
import { onCall } from '../options/on-call.ts';
import { several } from '../options/several.ts';
import { wholeNumber } from '../options/whole-number.ts';
import type { Surroundings } from '../context/context.ts';
import { issueToken } from '../tokens/issue-token.ts';
import { listTokens } from '../tokens/list-tokens.ts';
import { parseHostPattern, parseNote } from '../tokens/token-options.ts';
import { revokeToken } from '../tokens/revoke-tokens.ts';

/** `vestibule tokens`: initial access tokens, for software that may register although not everybody may. */
export function addTokens(program: Command, surroundings: Surroundings): void {
  const tokens = program
    .command('tokens')
    .summary('list, issue and revoke initial access tokens')
    .description('Initial access tokens: who has one may register, as often as it says.');

  const list = withRealmOptions(tokens.command('list'))
    .summary('list tokens, without themselves')
    .description('Lists the tokens of the realm, without themselves.');
  onCall(list, (options) => listTokens(surroundings, options));

  const issue = withRealmOptions(tokens.command('issue'))
    .summary('issue a token, and show it this once')
    .description(
      'Issues a token and shows it, this once: on standard output it alone, with --json as the member token.',
    )
    .option('--uses <n>', 'how many clients may register with it (default: 1)', wholeNumber(1_000_000))
    .option('--expires-in <time>', 'for how long: 30d, 12h 30m (default: 7d)', parseDuration)
    .addOption(
      new Option('--expires-at <moment>', 'until when: 2027-01-31, 2027-01-31T12:00:00Z')
        .argParser(parseMoment)
        .conflicts('expiresIn'),
    )
    .option(
      '--redirect-host <pattern>',
      'a host that https redirect URIs may lead to, and no others: app.example, *.app.example; several times for several',
      several(parseHostPattern),
    )
    .option(
      '--scope <name>',
      'a scope that its clients may hold at most; several times for several',
      several(),
    )
    .option(
      '--api <id>',
      'an API that its clients may use, and no others; several times for several',
      several(),
    )
    .option('--note <text>', 'your own words on what it is for', parseNote)
    .addHelpText('after', EXAMPLES);
  onCall(issue, (options) => issueToken(surroundings, options));

  const revoke = withRealmOptions(tokens.command('revoke'))
    .summary('revoke a token')
    .description('From now on nobody registers with the token. Clients that did stay.')
    .argument('<id>', 'its id, as the list has it');
  onCall(revoke, (options, [id = '']) => revokeToken(surroundings, options, id));
}

const EXAMPLES = `
Examples:
  vestibule tokens issue --uses 20 --expires-in 30d --note "Acme’s rollout"
  vestibule tokens issue --redirect-host "*.acme.example" --scope notes:read --api notes`;
