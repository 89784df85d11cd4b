import type { Command } from 'commander';
import type { CommandContext } from '../context/command-context.ts';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { addPerson } from '../people/add-person.ts';
import { changePerson, deletePerson, setPassword } from '../people/change-person.ts';
import { listPeople } from '../people/list-people.ts';
import { showPerson } from '../people/show-person.ts';
import { repeatable } from '../options/repeatable.ts';

/** `vestibule people`: the people of a realm. */
export function addPeople(program: Command, context: CommandContext): void {
  const people = program
    .command('people')
    .summary('list, show, add, change and delete people')
    .description(
      'Manages the people of a realm. A password is read from standard input, or typed at a prompt. People without one sign in by other means.',
    );
  const about = (verb: string, summary: string, description: string): Command =>
    withRealmOptions(people.command(verb))
      .summary(summary)
      .description(description)
      .argument('<person>', 'the username or the subject');

  const list = withRealmOptions(people.command('list'))
    .summary('list people')
    .description('Lists the people of the realm, sorted by username.')
    .option('--limit <n>', 'list at most this many', wholeNumber(1_000_000));
  onCall(list, (options) => listPeople(context, options));

  onCall(
    about(
      'show',
      'show all details of a person',
      'Shows all details of a person, without the password: their groups, and which APIs they may let apps use.',
    ),
    (options, [person = '']) => showPerson(context, options, person),
  );

  const add = withRealmOptions(people.command('add'))
    .summary('add a person')
    .description('Adds a person. The password is read from standard input, or typed at a prompt.')
    .argument('<username>', 'the username to sign in with; case does not matter')
    .option('--name <text>', 'the name on pages (default: the username)')
    .option('--email <address>', 'the email address')
    .option('--subject <id>', 'the sub of tokens; it never changes (default: a random one)')
    .option('--group <name>', 'a group of the person; may be repeated', repeatable())
    .option('--no-password', 'add the person without a password: they sign in by other means')
    .addHelpText('after', EXAMPLES);
  onCall(add, (options, [username = '']) => addPerson(context, options, username));

  onCall(
    about(
      'change',
      'change the name, the email address or the groups of a person',
      'Changes the name, the email address or the groups of a person. Username and subject do not change. Groups take effect immediately on every node.',
    )
      .option('--name <text>', 'the name on pages')
      .option('--email <address>', 'the email address')
      .option('--no-email', 'delete the email address')
      .option('--group <name>', 'a group of the person; repeat it for each: others are removed', repeatable())
      .option('--no-group', 'remove all groups that an operator gave')
      .option('--forget-reported-groups', 'delete the groups of the latest sign-in, until the next one'),
    (options, [person = '']) => changePerson(context, options, person),
  );
  onCall(
    about(
      'password',
      'set or remove the password of a person',
      'Sets another password, read from standard input or typed at a prompt, and signs the person out everywhere. Grants of apps stay.',
    ).option('--remove', 'remove the password instead: the person signs in by other means'),
    (options, [person = '']) => setPassword(context, options, person),
  );
  onCall(
    about(
      'delete',
      'delete a person',
      'Deletes a person, signs them out everywhere, and ends all their grants. Asks for confirmation first.',
    ).option('--yes', 'do not ask for confirmation; required if standard input is not a terminal'),
    (options, [person = '']) => deletePerson(context, options, person),
  );
}

const EXAMPLES = `
Examples:
  vestibule people add ada --name "Ada Lovelace" --group agents
  printf %s "$PASSWORD" | vestibule people add ada --email ada@notes.example`;
