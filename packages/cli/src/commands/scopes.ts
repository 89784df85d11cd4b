import type { Command } from 'commander';
import type { CommandContext } from '../context/command-context.ts';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import { addScope, changeScope, removeScope } from '../scopes/change-scope.ts';
import { listScopes } from '../scopes/list-scopes.ts';

/** `vestibule scopes`: the scopes of a realm. */
export function addScopes(program: Command, context: CommandContext): void {
  const scopes = program
    .command('scopes')
    .summary('list, add, change and remove scopes')
    .description('Manages the scopes of a realm. vestibule gates opens them to dynamic clients.');
  const about = (verb: string, summary: string, description: string): Command =>
    withRealmOptions(scopes.command(verb))
      .summary(summary)
      .description(description)
      .argument('<scope>', 'the name of the scope');
  const withDescription = (command: Command): Command =>
    command.requiredOption('--description <text>', 'what it allows, as people read it: "Read your notes"');

  const list = withRealmOptions(scopes.command('list'))
    .summary('list scopes')
    .description('Lists the scopes of the realm, with the APIs that have them.');
  onCall(list, (options) => listScopes(context, options));
  onCall(
    withDescription(about('add', 'add a scope', 'Adds a scope, closed to dynamic clients.')),
    (options, [scope = '']) =>
      addScope(context, { ...options, description: String(options['description']) }, scope),
  );
  onCall(
    withDescription(
      about('change', 'change the description of a scope', 'Changes the description of a scope.'),
    ),
    (options, [scope = '']) =>
      changeScope(context, { ...options, description: String(options['description']) }, scope),
  );
  onCall(
    about(
      'remove',
      'remove a scope from the realm and its APIs',
      'Removes a scope from the realm and from every API. No token gets it any more, immediately on every node. Grants keep their other scopes. Asks for confirmation first.',
    ).option('--yes', 'do not ask for confirmation; required if standard input is not a terminal'),
    (options, [scope = '']) => removeScope(context, options, scope),
  );
}
