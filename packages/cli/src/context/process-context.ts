import { userName } from './user-name.ts';
import { unlessBrokenPipe } from './broken-pipe.ts';
import type { CommandContext } from './command-context.ts';

/**
 * The context of a command that runs in this process. If the reader of its output closes the pipe, the command still
 * finishes its work.
 */
export function processContext(): CommandContext {
  const { env, stdin, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    stream.on(
      'error',
      unlessBrokenPipe(() => undefined),
    );
  }
  return {
    env,
    stdin,
    stdout,
    stderr,
    clock: Date.now,
    user: userName(),
    setExitCode: (code) => {
      process.exitCode = code;
    },
  };
}
