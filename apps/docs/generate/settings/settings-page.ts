import { choosablePaths, DEFAULT_REALM_SETTINGS, leavesOf } from '@vestibule/core/realm';
import {
  anchor,
  code,
  codeBlock,
  contents,
  list,
  namedHeading,
  type Page,
  page,
  paragraphs,
  prose,
  slugOf,
} from '../markdown/markdown.ts';
import { membersTable } from '../source/members-table.ts';
import { elementOf, valueWords } from '../source/value-words.ts';
import { type Member, referencedName, resolve } from '../source/members.ts';
import { acceptedValues } from './accepted-values.ts';
import { type Setting, type SettingGroup, settingGroups } from './settings-tree.ts';

/** The page of all settings. */
export function settingsPage(): Page {
  const groups = settingGroups();
  return page(
    'settings.md',
    'Settings',
    'Every setting of a realm: what it does, its default, and what it accepts.',
    'Change a setting on a running server. It takes effect at once, on every node:',
    codeBlock(
      'sh',
      'vestibule settings\nvestibule settings set registration.limits.perRealmPerDay 200\nvestibule settings reset registration.limits.perRealmPerDay',
    ),
    'Or write settings into the realm document that `SEED` names and `vestibule apply` reads, under `settings`. A setting that you leave out has its default. The defaults are secure: every gate is closed.',
    'A duration is a number of seconds, or a text such as `90d` or `12h 30m`.',
    contents(groups.map(headingOf)),
    ...groups.map(sectionOf),
  );
}

/** `registration.softwareStatements` is `Registration: software statements`. */
const headingOf = ({ path }: SettingGroup): string => {
  const words = path
    .split('.')
    .map((name) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))
    .join(': ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
};

const sectionOf = (group: SettingGroup): string =>
  paragraphs(
    group.path === slugOf(headingOf(group)) ? '' : anchor(group.path),
    `## ${headingOf(group)}`,
    prose(group.description),
    ...group.settings.map(settingSection),
  );

const DEFAULTS: ReadonlyMap<string, unknown> = new Map(
  leavesOf(DEFAULT_REALM_SETTINGS).map(({ path, value }) => [path, value]),
);

function settingSection({ path, member }: Setting): string {
  const { doc } = member;
  const inside = choosablePaths().filter((one) => one.startsWith(`${path}.`));
  const isChosen = choosablePaths().includes(path);
  return paragraphs(
    namedHeading(3, path),
    prose(doc?.text ?? ''),
    list([
      `**Default:** ${defaultOf(path, doc?.byDefault)}`,
      isChosen ? `**Accepts:** ${acceptedWords(path, member)}` : '',
      inside.length > 0 ? `**Members:** ${inside.map(linkToSame).join(', ')}` : '',
      !isChosen && inside.length === 0 ? '**Set by:** `vestibule keys replace`. You cannot choose it.' : '',
      ...(doc?.sees ?? []).map(({ text, url }) => `**See:** [${text}](${url})`),
    ]),
    ...entryTables(member),
  );
}

/** What a setting accepts: its type, or for numbers and durations what the parser says, with their bounds. */
function acceptedWords(path: string, member: Member): string {
  const words = valueWords(member);
  const isCounted = ['number', 'seconds', 'milliseconds'].includes(words);
  return isCounted ? prose(acceptedValues(path).join(', ')) : words;
}

/** A member of a candidate policy is described where the policy is. */
const linkToSame = (path: string): string => {
  const name = path.split('.').at(-1) ?? '';
  return `[${code(path)}](#registration.${name})`;
};

/** The default, with the remark of its comment: `604800`, 7 days. */
function defaultOf(path: string, comment = 'none'): string {
  const value = DEFAULTS.get(path);
  if (value === undefined) return prose(comment);
  const text = JSON.stringify(value);
  return comment.startsWith(text) ? `${code(text)}${comment.slice(text.length)}` : code(text);
}

/** Tables with the members of the entries of a list, and of the lists in them. */
function entryTables({ name, type, file }: Member): readonly string[] {
  const element = elementOf(type);
  const found = element && resolve(file, referencedName(element) ?? '');
  if (found?.kind !== 'interface') return [];
  return [`Each entry of ${code(name)}:`, membersTable(found.members), ...found.members.flatMap(entryTables)];
}
