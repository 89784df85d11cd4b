import type { Command, OptionValues } from 'commander';
import { WrongUsage } from '../refused/refused.ts';

/**
 * What a command does when it is called, with its options and what stands behind its name. Where it was called wrongly,
 * how it is called is shown.
 */
export const onCall = (
  command: Command,
  work: (options: OptionValues, operands: readonly string[]) => Promise<void>,
): Command =>
  command.action(async () => {
    try {
      await work(command.optsWithGlobals(), command.args);
    } catch (error) {
      if (!(error instanceof WrongUsage)) throw error;
      command.error(`error: ${error.message}`);
    }
  });
