import { Refused } from '@vestibule/database';
import { WrongUsage } from '../options/wrong-usage.ts';
import { ask } from './ask.ts';
import type { CommandContext } from './command-context.ts';

/** The option that confirms a question beforehand. */
export interface ConfirmOption {
  readonly yes?: boolean;
}

/**
 * Checks that a question can be asked or was confirmed beforehand. Call this before anything else is done.
 *
 * @throws WrongUsage if standard input is not a terminal and `--yes` is missing
 */
export function requireConfirmable(
  { stdin }: Pick<CommandContext, 'stdin'>,
  { yes = false }: ConfirmOption,
): void {
  if (!yes && stdin.isTTY !== true) throw new WrongUsage('Not a terminal. Pass --yes to confirm.');
}

/**
 * Asks for confirmation, unless it was given beforehand.
 *
 * @throws Refused if the answer is no
 */
export async function confirm(
  context: CommandContext,
  { yes = false }: ConfirmOption,
  question: string,
): Promise<void> {
  if (!yes && !(await ask(context, question))) throw new Refused('Not confirmed. Nothing was changed.');
}
