import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/vestibule.mjs', import.meta.url));

/** A process that a test started. */
export interface StartedProcess {
  readonly process: ChildProcess;
  /** The text it has printed so far, on both outputs. */
  output(): string;
  /** Resolves when it has printed these words. */
  said(words: string): Promise<void>;
  /** Resolves with its exit code. */
  readonly exit: Promise<number | null>;
}

/** Starts the command line with just this environment. Killed when the test is over. */
export const startProcess = (
  options: readonly string[],
  env: Readonly<Record<string, string>> = {},
): StartedProcess => startNode([BIN, ...options], env);

/** The variables of this process that a started process inherits. */
const inherited = (): NodeJS.ProcessEnv => {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, NODE_COMPILE_CACHE };
};

/** Starts any Node script with just this environment. Killed when the test is over. */
export const startNode = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): StartedProcess => startCommand(process.execPath, args, env);

/** Starts any program with just this environment. Killed when the test is over. */
export function startCommand(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): StartedProcess {
  const child = spawn(command, args, { env: { ...inherited(), ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const exit = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);

  async function endedWithout(words: string): Promise<void> {
    const code = await exit;
    if (!output.includes(words)) {
      throw new Error(`The process exited with ${code} without printing "${words}":\n${output}`);
    }
  }

  const heard = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const listener of heard) listener();
    });
  }
  return {
    process: child,
    output: () => output,
    exit,
    said: (words) => {
      const arrived = new Promise<void>((resolve) => {
        const listen = (): void => {
          if (output.includes(words)) resolve();
        };
        heard.add(listen);
        listen();
      });
      return Promise.race([arrived, endedWithout(words)]);
    },
  };
}
