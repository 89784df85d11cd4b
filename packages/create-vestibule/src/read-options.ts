import { parseArgs } from 'node:util';
import { type Answers, apiNameProblem, apiUrlProblem, folderProblem } from './answers.ts';

/** What the command line says. */
export type ReadOptions =
  | { readonly kind: 'help' }
  | { readonly kind: 'invalid'; readonly problem: string }
  | {
      readonly kind: 'create';
      /** The questions that are answered already. */
      readonly answers: Partial<Answers>;
      /** Whether the defaults are the answers to all other questions. */
      readonly yes: boolean;
    };

/** The text of `--help`. */
export const USAGE = `Creates a small project with Vestibule that passes its own tests.

    npm create vestibule [FOLDER] [-- OPTIONS]

FOLDER                          a new folder; my-vestibule by default
--kind server | registration    the whole server, or registration in front of a server that you have
--database sqlite | postgres    where data is stored
--api-name NAME                 the name of your API, for people; its host by default
--api URL                       the URL of your API; without it, a sample MCP server in the project
--yes                           asks nothing: the whole server, on SQLite, with a sample API
--help                          prints this text
`;

const KINDS = ['server', 'registration'] as const;
const DATABASES = ['sqlite', 'postgres'] as const;

/** Reads the options of the command. */
export function readOptions(args: readonly string[]): ReadOptions {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        kind: { type: 'string' },
        database: { type: 'string' },
        'api-name': { type: 'string' },
        api: { type: 'string' },
        yes: { type: 'boolean', short: 'y', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return invalid(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  const [folder, ...more] = positionals;
  const { kind, database, 'api-name': apiName, api: apiUrl } = values;
  const knownKind = KINDS.find((known) => known === kind);
  const knownDatabase = DATABASES.find((known) => known === database);
  const problem =
    (more.length > 0 ? `Name one folder, not also '${more.join(' ')}'.` : undefined) ??
    (folder === undefined ? undefined : folderProblem(folder)) ??
    unknownChoice('--kind', kind, KINDS) ??
    unknownChoice('--database', database, DATABASES) ??
    (apiName === undefined ? undefined : apiNameProblem(apiName)) ??
    (apiUrl === undefined ? undefined : apiUrlProblem(apiUrl));
  if (problem !== undefined) return invalid(problem);
  return {
    kind: 'create',
    yes: values.yes,
    answers: {
      ...(folder !== undefined && { folder }),
      ...(knownKind !== undefined && { kind: knownKind }),
      ...(knownDatabase !== undefined && { database: knownDatabase }),
      ...(apiName !== undefined && { apiName }),
      ...(apiUrl !== undefined && { apiUrl }),
    },
  };
}

const invalid = (problem: string): ReadOptions => ({ kind: 'invalid', problem });

const unknownChoice = (
  option: string,
  value: string | undefined,
  known: readonly string[],
): string | undefined =>
  value === undefined || known.includes(value)
    ? undefined
    : `${option} is ${known.join(' or ')}, not '${value}'.`;
