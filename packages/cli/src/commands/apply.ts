import type { Command } from 'commander';
import { applyDocument } from '../apply/apply-document.ts';
import type { CommandContext } from '../context/command-context.ts';
import { withDatabaseOption, withJsonOption } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';

/** `vestibule apply`: brings a realm to what a seed file says. */
export function addApply(program: Command, context: CommandContext): void {
  const apply = withJsonOption(withDatabaseOption(program.command('apply')))
    .summary('bring a realm to what a seed file says')
    .description(
      'Brings a realm to what a seed file says, and creates it if it does not exist. Displays the differences, and asks for confirmation. It can be repeated: the second time nothing is different.',
    )
    .argument('<file>', 'a seed file; - is standard input')
    .option('--dry-run', 'display the differences, change nothing, and exit with 3 if there are any')
    .option('--yes', 'do not ask for confirmation; required if standard input is not a terminal')
    .option(
      '--prune',
      'remove the scopes, APIs and pre-registered clients, and reset the settings, that the file does not have',
    )
    .option(
      '--issuer <url>',
      'the issuer, if the file names none (default: ISSUER, or that of the existing realm)',
    )
    .addHelpText('after', DETAILS);
  onCall(apply, (options, [file = '']) => applyDocument(context, options, file));
}

const DETAILS = `
A scope, an API, a client or a person in the file becomes as it is there; a member that is left out gets its default, so
that a gate that is not mentioned is closed. Settings in the file are set. What the file does not have is kept, unless
--prune is given. People and dynamic clients are never removed. Passwords and client secrets in the file count only for
what is added. The issuer of a realm and the resource of an API never change.

Examples:
  vestibule apply realm.json --dry-run
  vestibule apply realm.json --yes`;
