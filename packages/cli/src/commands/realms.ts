import type { Command } from 'commander';
import type { CommandContext } from '../context/command-context.ts';
import { withDatabaseOption, withJsonOption, withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import { addRealm, listRealms, renameRealm } from '../realms/manage-realms.ts';
import { showRealm } from '../realms/show-realm.ts';

/** `vestibule realms`: the realms of a database. */
export function addRealms(program: Command, context: CommandContext): void {
  const realms = program
    .command('realms')
    .summary('list, show, add and rename realms')
    .description(
      'Manages the realms of a database. A realm cannot be removed, and its issuer never changes: clients and tokens are bound to it.',
    );
  const list = withJsonOption(withDatabaseOption(realms.command('list')))
    .summary('list realms')
    .description('Lists the realms of the database.');
  onCall(list, (options) => listRealms(context, options));

  const show = withRealmOptions(realms.command('show'))
    .summary('show a realm')
    .description(
      'Prints a realm: its name, issuer, gates, APIs, scopes, and the settings that differ from their defaults.',
    )
    .argument('[id]', 'its id (default: the only realm of the database)');
  onCall(show, (options, [id]) => showRealm(context, options, id));

  const add = withJsonOption(withDatabaseOption(realms.command('add')))
    .summary('add a realm')
    .description(
      'Adds a realm without APIs, scopes and people, with every gate closed. Running servers serve it.',
    )
    .argument('<id>', 'its id: lower-case letters, digits and dashes')
    .requiredOption('--issuer <url>', 'its issuer: an https URL without a trailing slash; it never changes')
    .option('--name <text>', 'the name that people see (default: the id)');
  onCall(add, (options, [id = '']) =>
    addRealm(context, { ...options, issuer: String(options['issuer']) }, id),
  );

  const rename = withRealmOptions(realms.command('rename'))
    .summary('change the name of a realm')
    .description('Changes the name that people see.')
    .argument('<name>', 'the new name');
  onCall(rename, (options, [name = '']) => renameRealm(context, options, name));
}
