import { Refused, withoutSecretsOf } from '@vestibule/database';
import { type Command, CommanderError } from 'commander';
import type { CommandContext } from './context/command-context.ts';

/**
 * Runs a program with its arguments and sets the exit code of the process. Errors that the caller can fix are written to
 * standard error; any other exception is a bug and is rethrown.
 */
export async function runProgram(
  program: Command,
  args: readonly string[],
  { stderr, setExitCode }: CommandContext,
): Promise<void> {
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode !== 0) setExitCode(2);
    } else if (error instanceof Refused) {
      stderr.write(`${withoutSecretsOf(args, error.message)}\n`);
      setExitCode(1);
    } else {
      throw error;
    }
  }
}
