import { cancel, intro, select, text, updateSettings } from '@clack/prompts';
import type { Readable, Writable } from 'node:stream';
import { type Answers, apiUrlProblem, type DatabaseKind, type ProjectKind } from './answers.ts';

/** Where questions are asked. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/** The answers to the questions. */
type Asked = Pick<Answers, 'kind' | 'database' | 'apiUrl'>;

/** Asks the questions that were not answered yet. Returns `undefined` if the person gave up. */
export async function ask(known: Partial<Answers>, terminal: Terminal): Promise<Asked | undefined> {
  // Ctrl+D ends the input: the question would otherwise wait for an answer that cannot come.
  updateSettings({ aliases: { '\u0004': 'cancel' } });
  intro('A new project with Vestibule', terminal);
  const kind = known.kind ?? (await askKind(terminal));
  if (typeof kind === 'symbol') return givenUp(terminal);
  const database = known.database ?? (await askDatabase(terminal));
  if (typeof database === 'symbol') return givenUp(terminal);
  const apiUrl = known.apiUrl ?? (await askApi(kind, terminal));
  if (typeof apiUrl === 'symbol') return givenUp(terminal);
  return { kind, database, ...(apiUrl && { apiUrl }) };
}

function givenUp(terminal: Terminal): undefined {
  cancel('Nothing was created.', terminal);
  return undefined;
}

const askKind = (terminal: Terminal): Promise<ProjectKind | symbol> =>
  select<ProjectKind>({
    message: 'What do you need?',
    options: [
      {
        value: 'server',
        label: 'The whole authorization server',
        hint: 'people sign in and consent here',
      },
      {
        value: 'registration',
        label: 'Registration only',
        hint: 'in front of an authorization server that you have',
      },
    ],
    ...terminal,
  });

const askDatabase = (terminal: Terminal): Promise<DatabaseKind | symbol> =>
  select<DatabaseKind>({
    message: 'Where is data stored?',
    options: [
      { value: 'sqlite', label: 'SQLite', hint: 'one file, one server, nothing to install' },
      { value: 'postgres', label: 'PostgreSQL', hint: 'for several servers' },
    ],
    ...terminal,
  });

const askApi = (kind: ProjectKind, terminal: Terminal): Promise<string | symbol> =>
  text({
    message: 'Which API? Enter its URL.',
    placeholder:
      kind === 'server' ? 'empty: a sample MCP server in the project' : 'https://notes.example/mcp',
    validate: (value = '') => (value === '' && kind === 'server' ? undefined : apiUrlProblem(value)),
    ...terminal,
  });
