import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { withDefaults } from './answers.ts';
import { ask, type Terminal } from './ask.ts';
import { projectFiles } from './project-files.ts';
import { readOptions, USAGE } from './read-options.ts';
import { writeProject } from './write-project.ts';

/** What the command uses of its process. */
export interface CreateContext {
  /** The current folder. */
  readonly cwd: string;
  readonly stdin: Terminal['input'] & { readonly isTTY?: boolean };
  readonly stdout: Terminal['output'];
  readonly stderr: Terminal['output'];
  /** The package manager that runs the command, as `npm_config_user_agent` says. */
  readonly packageManager: string;
}

/**
 * The command line: asks what was not answered by options, and writes a project.
 *
 * @param context @default that of this process
 * @returns its exit code: 0 if the project was written, 1 if not, 2 if the usage is invalid
 * @example
 * ```ts
 * import { main } from 'create-vestibule';
 *
 * process.exitCode = await main(['my-vestibule', '--yes']);
 * ```
 */
export async function main(
  args: readonly string[],
  context: CreateContext = processContext(),
): Promise<0 | 1 | 2> {
  const { stdin, stdout, stderr } = context;
  const read = readOptions(args);
  if (read.kind === 'help') {
    stdout.write(USAGE);
    return 0;
  }
  if (read.kind === 'invalid') {
    stderr.write(`${read.problem}\n\n${USAGE}`);
    return 2;
  }
  if (!read.yes && stdin.isTTY !== true) {
    stderr.write('Not a terminal. Pass --yes to take the defaults of what no option says.\n');
    return 2;
  }
  const asked = read.yes ? {} : await ask(read.answers, { input: stdin, output: stdout });
  if (asked === undefined) return 1;
  const answers = withDefaults({ ...read.answers, ...asked });
  if (answers.kind === 'registration' && answers.apiUrl === undefined) {
    stderr.write('Registration in front of another server needs the URL of your API. Pass --api URL.\n');
    return 2;
  }
  const folder = resolve(context.cwd, answers.folder);
  const problem = writeProject(folder, projectFiles({ ...answers, folder }, ownVersion()));
  if (problem !== undefined) {
    stderr.write(`${problem}\n`);
    return 1;
  }
  stdout.write(nextSteps(answers.folder, context.packageManager));
  return 0;
}

const nextSteps = (folder: string, manager: string): string => `
The project is in ${folder}. Next:

    cd ${/\s/.test(folder) ? `'${folder}'` : folder}
    ${manager} install
    ${manager} test
    ${manager} start
`;

const ownVersion = (): string =>
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;

const KNOWN_MANAGERS: ReadonlySet<string> = new Set(['npm', 'pnpm', 'yarn', 'bun']);

const processContext = (): CreateContext => {
  const [manager = ''] = (process.env['npm_config_user_agent'] ?? '').split('/');
  return {
    cwd: process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    packageManager: KNOWN_MANAGERS.has(manager) ? manager : 'npm',
  };
};
