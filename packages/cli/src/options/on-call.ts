import type { Command, OptionValues } from 'commander';
import { quoted } from '../output/harmless.ts';
import { WrongUsage } from '../errors/refused.ts';
import { didYouMean } from './nearest.ts';

/**
 * What a command does when it is called, with its options and what stands behind its name. Where it was called wrongly,
 * how it is called is shown.
 */
export const onCall = (
  command: Command,
  work: (options: OptionValues, operands: readonly string[]) => Promise<void>,
): Command =>
  command.allowExcessArguments().action(async () => {
    try {
      refuseExcess(command);
      await work(command.optsWithGlobals(), command.args);
    } catch (error) {
      if (!(error instanceof WrongUsage)) throw error;
      command.error(`error: ${error.message}`);
    }
  });

/**
 * Refuses arguments that the command does not take. Of a command that has others below it, the first is one of those, spelled
 * wrongly.
 *
 * @throws WrongUsage that names the nearest
 */
function refuseExcess(command: Command): void {
  const { args, registeredArguments: taken, commands } = command;
  if (args.length <= taken.length || taken.some(({ variadic }) => variadic)) return;
  const [word = ''] = args;
  if (commands.length > 0 && taken.length === 0) {
    const names = commands.map((one) => one.name());
    throw new WrongUsage(`${command.name()} has no command ${quoted(word)}.${didYouMean(word, names)}`);
  }
  throw new WrongUsage(
    `too many arguments: ${command.name()} takes ${taken.length}, and there are ${args.length}.`,
  );
}
