import { appProgram } from '@vestibule/reference/command-line';
import {
  code,
  codeBlock,
  contents,
  type Page,
  page,
  paragraphs,
  prose,
  table,
} from '../markdown/markdown.ts';
import { afterHelp, allCommands, doctorHelp, type Command, type NamedCommand } from './commands.ts';

/** Options that most commands have. They are described once. */
const COMMON: ReadonlySet<string> = new Set(['--database', '--realm', '--json']);

/** The page of all commands. */
export async function commandsPage(): Promise<Page> {
  const ownHelp: OwnHelp = new Map([['vestibule doctor', await doctorHelp()]]);
  const commands = allCommands();
  const groups = Map.groupBy(commands, ({ name }) => name.split(' ')[1] ?? '');
  const common = commands
    .flatMap(({ command }) => command.options)
    .filter(({ long }, index, all) => isCommon(long) && all.findIndex((one) => one.long === long) === index);
  return page(
    'commands.md',
    'Commands',
    'Every command of `vestibule` and its options.',
    'The commands work on the database, so they need no running server. A change takes effect at once, on every node.',
    codeBlock('text', afterHelp(appProgram())),
    contents(['Options of most commands', ...[...groups.keys()].map(headingOf)]),
    '## Options of most commands',
    optionsTable(common),
    ...[...groups].map(([name, members]) =>
      paragraphs(`## ${headingOf(name)}`, ...members.map((one) => commandSection(one, ownHelp))),
    ),
  );
}

const headingOf = (name: string): string => `vestibule ${name}`;

const isCommon = (long: string | undefined): boolean => long !== undefined && COMMON.has(long);

/** The help of commands that read their own arguments, by name. */
type OwnHelp = ReadonlyMap<string, string>;

function commandSection({ name, command }: NamedCommand, ownHelp: OwnHelp): string {
  const own = command.options.filter(({ long }) => !isCommon(long));
  const common = command.options.flatMap(({ long }) =>
    long !== undefined && isCommon(long) ? [code(long)] : [],
  );
  const after = ownHelp.get(name) ?? afterHelp(command);
  const isGroup = name.split(' ').length === 2;
  return paragraphs(
    isGroup ? '' : `### ${name}`,
    prose(sentence(command.description())),
    codeBlock('sh', `${name} ${command.usage()}`.trimEnd()),
    table(
      ['argument', 'meaning'],
      command.registeredArguments.map((one) => [code(one.name()), prose(one.description)]),
    ),
    optionsTable(own),
    common.length === 0 ? '' : `Also: ${common.join(', ')}.`,
    after === '' ? '' : codeBlock('text', after),
  );
}

/** A sentence with its first letter and its full stop. */
const sentence = (text: string): string =>
  `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;

const optionsTable = (options: Command['options']): string =>
  table(
    ['option', 'meaning'],
    options.map(({ flags, description, argChoices, mandatory, defaultValue }) => [
      code(flags),
      [
        prose(description),
        argChoices === undefined ? '' : `one of ${argChoices.map(code).join(', ')}`,
        mandatory ? 'required' : '',
        typeof defaultValue === 'string' || typeof defaultValue === 'number'
          ? `default: ${code(String(defaultValue))}`
          : '',
      ]
        .filter((part) => part !== '')
        .join('; '),
    ]),
  );
