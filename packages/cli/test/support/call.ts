import { Readable } from 'node:stream';
import { createProgram, type ExitCode, runProgram, type Screen } from '../../src/index.ts';

/** What a command said, and what it ended with. */
export interface Ended {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** What surrounds a command besides. */
export interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  /** How wide the terminal is. Absent: there is none, and nobody to be asked. */
  readonly columns?: number;
  /** What is typed, or piped in. */
  readonly input?: string;
  readonly now?: number;
}

/** Calls `vestibule` in this process. */
export async function call(
  args: readonly string[],
  { env = {}, columns, input = '', now = Date.now() }: Circumstances = {},
): Promise<Ended> {
  let code: ExitCode = 0;
  const [stdout, stderr] = [screen(columns), screen(columns)];
  const surroundings = {
    env,
    stdin: Object.assign(Readable.from([input]), { isTTY: columns !== undefined }),
    stdout,
    stderr,
    clock: () => now,
    endWith: (given: ExitCode) => {
      code = given;
    },
  };
  await runProgram(createProgram(surroundings), args, surroundings);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function screen(columns: number | undefined): Screen & { text(): string } {
  let written = '';
  return {
    ...(columns !== undefined && { isTTY: true, columns }),
    write: (text) => {
      written += text;
    },
    text: () => written,
  };
}
