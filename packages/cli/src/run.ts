import { type Command, CommanderError } from 'commander';
import type { CommandContext } from './context/command-context.ts';
import { reportRefused } from './report-refused.ts';

/**
 * Runs a program with its arguments and sets the exit code of the process. Errors that the caller can fix are written to
 * standard error; any other exception is a bug and is rethrown.
 */
export async function runProgram(
  program: Command,
  args: readonly string[],
  context: CommandContext,
): Promise<void> {
  await reportRefused(args, context, async () => {
    try {
      await program.parseAsync([...args], { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode !== 0) context.setExitCode(2);
    }
  });
}
