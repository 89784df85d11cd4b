import { unlessBrokenPipe } from './broken-pipe.ts';
import type { Surroundings } from './context.ts';

/**
 * The process itself as the surroundings of a command. From now on it goes on calmly when nobody reads any more what it
 * prints: what it was told to do is done all the same.
 */
export function processSurroundings(): Surroundings {
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
    endWith: (code) => {
      process.exitCode = code;
    },
  };
}
