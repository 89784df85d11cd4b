import type { Command, OptionValues } from 'commander';
import { quoted } from '../output/harmless.ts';
import { didYouMean } from '@vestibule/core';
import { WrongUsage } from './wrong-usage.ts';

/**
 * Sets the action of a command, which is called with the options and operands. If it throws {@link WrongUsage}, the usage
 * is printed with the message.
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
 * Refuses excess arguments. If the command has subcommands, the first argument is taken for a misspelled one.
 *
 * @throws WrongUsage that suggests the nearest subcommand
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
    `too many arguments: ${command.name()} takes ${taken.length}, but got ${args.length}.`,
  );
}
