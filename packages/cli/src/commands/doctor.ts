import type { Command } from 'commander';
import type { CommandContext } from '../context/command-context.ts';

/** `vestibule doctor`: examines any server as agents find it. It needs no database, and reads its own arguments. */
export function addDoctor(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .summary('examine an MCP server or an authorization server')
    .description(
      'Examines an MCP server or an authorization server as AI agents find it, and says what breaks, for which agents, why, and how to mend it. Without --register it creates nothing there. Its options: vestibule doctor --help',
    )
    .usage('URL [options]')
    .argument('[arguments...]', 'the URL of the server, and the options')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (args: readonly string[]) => {
      const { main } = await import('@vestibule/doctor/cli');
      context.setExitCode(await main(args, context));
    });
}
