import { Command } from 'commander';
import { addApis } from './commands/apis.ts';
import { addBackup } from './commands/backup.ts';
import { addClients } from './commands/clients.ts';
import { addEvents } from './commands/events.ts';
import { addExplain } from './commands/explain.ts';
import { addGates } from './commands/gates.ts';
import { addKeys } from './commands/keys.ts';
import { addMove } from './commands/move.ts';
import { withoutSecrets } from './errors/without-secrets.ts';
import { addSettings } from './commands/settings.ts';
import { addSweep } from './commands/sweep.ts';
import type { Surroundings } from './context/context.ts';
import { addTokens } from './commands/tokens.ts';
import { ownVersion } from './version.ts';

const ENVIRONMENT = `
The database is that of DATABASE_URL, or of --database, and without both sqlite:./vestibule.db. A password is safer in
DATABASE_URL: others on this computer can see options.

Exit codes: 0 done, 1 refused or not found, 2 called wrongly.`;

/**
 * The command `vestibule` with all that it can do. A program of one’s own may add commands to it before it is run with
 * {@link runProgram}.
 */
export function createProgram(surroundings: Surroundings): Command {
  const { stdout, stderr } = surroundings;
  const program = new Command('vestibule')
    .description('Vestibule’s operator on the command line.')
    .exitOverride()
    .showHelpAfterError()
    .version(ownVersion(), '-V, --version', 'say which version this is')
    .helpOption('-h, --help', 'say how it is called')
    .helpCommand('help [command]', 'say how a command is called')
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      // What was called wrongly is repeated, and may be an address or a token.
      outputError: (text, write) => write(withoutSecrets(text)),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    })
    .addHelpText('after', ENVIRONMENT);
  const commands = [
    addGates,
    addClients,
    addTokens,
    addApis,
    addKeys,
    addSettings,
    addEvents,
    addExplain,
    addSweep,
    addBackup,
    addMove,
  ];
  for (const add of commands) add(program, surroundings);
  return program;
}
