import { type CommandContext, processContext, reportRefused } from '@vestibule/cli/process';
import { start } from './start.ts';

/** Runs the command line: all commands of `vestibule`, and `start` and `demo` for the app. */
export async function main(
  args: readonly string[],
  context: CommandContext = processContext(),
): Promise<void> {
  const [command, ...rest] = args;
  // The server does not wait until all commands are loaded.
  if (command === 'start' && rest.length === 0) return reportRefused(args, context, () => start(context));
  const { runCommandLine } = await import('./command-line.ts');
  await runCommandLine(args, context);
}
