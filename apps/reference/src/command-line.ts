import { createProgram, runProgram } from '@vestibule/cli';
import { type CommandContext, processContext } from '@vestibule/cli/process';
import { demo } from './demo/demo.ts';
import { sayStopping, start } from './start.ts';

/** Runs any command of the command line. */
export async function runCommandLine(args: readonly string[], context: CommandContext): Promise<void> {
  await runProgram(appProgram(context), args, context);
}

/** The program `vestibule` with all of its commands, including those for the app. */
export function appProgram(context: CommandContext = processContext()): ReturnType<typeof createProgram> {
  const program = createProgram(context);
  program
    .command('start')
    .helpGroup('The app:')
    .description('run the app, configured by environment variables')
    .action(() => start(context));
  program
    .command('demo')
    .helpGroup('The app:')
    .description('run the app with a demo realm and let an agent attach to it')
    .option('--once', 'exit after the handshake: with 0, or with 1 and the name of the step that failed')
    .action(async ({ once = false }: { readonly once?: boolean }) => {
      process.exitCode = await demo({ once, onStopping: sayStopping });
    });
  return program;
}
