import { type Command, CommanderError } from 'commander';
import { Refused } from './errors/refused.ts';
import { withoutSecretsOf } from './errors/without-secrets.ts';
import type { Surroundings } from './context/context.ts';

/**
 * Runs a program with what stands behind its name, and says what the process is to end with. What the person who called
 * it has to mend is told on standard error, in words; anything else that is thrown is a bug.
 */
export async function runProgram(
  program: Command,
  args: readonly string[],
  { stderr, endWith }: Surroundings,
): Promise<void> {
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode !== 0) endWith(2);
    } else if (error instanceof Refused) {
      stderr.write(`${withoutSecretsOf(args, error.message)}\n`);
      endWith(1);
    } else {
      throw error;
    }
  }
}
