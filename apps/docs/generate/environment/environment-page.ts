import { type SecretVariable, VARIABLES } from '@vestibule/node/environment';
import {
  code,
  codeBlock,
  contents,
  list,
  namedHeading,
  type Page,
  page,
  paragraphs,
  prose,
  table,
} from '../markdown/markdown.ts';

/** Variables that other programs of this project read, or that the runtime reads. */
const OTHERS: readonly (readonly [name: string, meaning: string])[] = [
  ['DATABASE_URL', 'Every command of `vestibule` uses it, unless `--database` is given.'],
  ['ISSUER', '`vestibule apply` uses it for a file that names no issuer, unless `--issuer` is given.'],
  ['FETCH_ALLOW', 'Commands that fetch a document or keys use it as the server does.'],
  ['NO_COLOR', 'Commands print no colors if it is set, whatever its value.'],
  [
    'NODE_EXTRA_CA_CERTS',
    'Node reads it: a file with the certificates of authorities that are trusted as well.',
  ],
];

/** The variables that can also be given as files. */
export const IN_FILES: readonly SecretVariable[] = [
  'DATABASE_URL',
  'OPERATOR_TOKEN',
  'UPSTREAM_CLIENT_SECRET',
];

const SERVER = 'The server';
const UPSTREAM = 'Sign-in at a provider';
const FILES = 'Secrets in files';
const COMMANDS = 'Commands and the runtime';

/** The page of all environment variables of the reference app. */
export function environmentPage(): Page {
  const sections = Object.entries(VARIABLES).map(([name, { meaning, byDefault, example }]) => ({
    name,
    text: paragraphs(
      namedHeading(3, name),
      prose(meaning),
      list([
        `**Default:** ${prose(byDefault)}`,
        example === undefined ? '' : `**Example:** ${code(`${name}=${quoted(example)}`)}`,
      ]),
    ),
  }));
  const isUpstream = ({ name }: { readonly name: string }): boolean => name.startsWith('UPSTREAM_');
  const textOf = (some: typeof sections): readonly string[] => some.map(({ text }) => text);
  return page(
    'environment.md',
    'Environment variables',
    'Every environment variable that the app reads at its start.',
    codeBlock(
      'sh',
      'ISSUER=https://id.example DATABASE_URL=postgres://vestibule@db.example/vestibule vestibule start',
    ),
    'An empty variable counts as not set. If values are invalid, the app does not start, and says for each of them what is wrong. Everything else is a setting of a realm.',
    contents([SERVER, UPSTREAM, FILES, COMMANDS]),
    `## ${SERVER}`,
    ...textOf(sections.filter((section) => !isUpstream(section))),
    `## ${UPSTREAM}`,
    ...textOf(sections.filter(isUpstream)),
    `## ${FILES}`,
    'Containers and systemd give secrets as files. Set one of these to the path of a file with the value, instead of the variable itself. The app reads it once, at its start, and refuses both at once.',
    table(
      ['variable', 'instead of'],
      IN_FILES.map((name) => [code(`${name}_FILE`), prose(`\`${name}\``)]),
    ),
    '`KEY_ENCRYPTION_KEY_FILE` is a variable of its own. Commands of `vestibule` read `DATABASE_URL_FILE` as well.',
    `## ${COMMANDS}`,
    table(
      ['variable', 'meaning'],
      OTHERS.map(([name, meaning]) => [code(name), prose(meaning)]),
    ),
  );
}

/** A value as a shell takes it. */
const quoted = (value: string): string => (/^[\w./:@-]+$/.test(value) ? value : `'${value}'`);
