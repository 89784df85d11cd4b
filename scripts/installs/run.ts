import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A command that failed: its message has what it printed. */
class CommandFailed extends Error {}

/**
 * Runs a command in a folder, and returns what it printed to standard output.
 *
 * @throws {CommandFailed} if it fails, or takes longer than five minutes
 */
export async function run(
  cwd: string,
  [command = '', ...options]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, options, {
      cwd,
      // What the package manager that runs this script sets is not for those that it starts.
      env: { ...withoutSettings(process.env), ...env },
      timeout: 300_000,
    });
    return stdout;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { stdout = '', stderr = '' } = error as Error & { stdout?: string; stderr?: string };
    throw new CommandFailed(`${[command, ...options].join(' ')}\n${stdout}${stderr}`.trimEnd());
  }
}

const withoutSettings = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:npm|pnpm)_/i.test(name)));
