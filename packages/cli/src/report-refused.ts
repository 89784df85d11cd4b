import { Refused, withoutSecretsOf } from '@vestibule/database';
import type { CommandContext } from './context/command-context.ts';

/**
 * Does the work of a command. An error that the caller can fix is written to standard error and sets the exit code to 1; any
 * other exception is a bug and is rethrown.
 *
 * @param args the arguments of the command, which a message may repeat
 */
export async function reportRefused(
  args: readonly string[],
  { stderr, setExitCode }: CommandContext,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    stderr.write(`${withoutSecretsOf(args, error.message)}\n`);
    setExitCode(1);
  }
}
