import type { GuardedFetch } from '@vestibule/cimd';
import { Readable } from 'node:stream';
import { createProgram, type ExitCode, runProgram, type Output } from '../../src/index.ts';

/** The output and the exit code of a command. */
export interface CommandOutcome {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of a call. */
export interface CallOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The width of the terminal, in columns. Absent: the streams are not a terminal. */
  readonly columns?: number;
  /** Standard input. */
  readonly input?: string;
  readonly now?: number;
  /** Fetches metadata documents. @default as the environment says */
  readonly documentFetch?: GuardedFetch;
}

/** The user name of the caller. */
export const USER = 'ada';

/** Calls `vestibule` in this process. */
export async function call(
  args: readonly string[],
  { env = {}, columns, input = '', now = Date.now(), documentFetch }: CallOptions = {},
): Promise<CommandOutcome> {
  let code: ExitCode = 0;
  const [stdout, stderr] = [capture(columns), capture(columns)];
  const context = {
    env,
    stdin: Object.assign(Readable.from([input]), { isTTY: columns !== undefined }),
    stdout,
    stderr,
    clock: () => now,
    user: USER,
    ...(documentFetch && { documentFetch }),
    setExitCode: (given: ExitCode) => {
      code = given;
    },
  };
  await runProgram(createProgram(context), args, context);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function capture(columns: number | undefined): Output & { text(): string } {
  let written = '';
  return {
    ...(columns !== undefined && { isTTY: true, columns }),
    write: (text) => {
      written += text;
    },
    text: () => written,
  };
}
