import { withoutSecrets } from '@vestibule/database';
import { Command } from 'commander';
import { addApis } from './commands/apis.ts';
import { addApply } from './commands/apply.ts';
import { addBackup } from './commands/backup.ts';
import { addClients } from './commands/clients.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDocuments } from './commands/documents.ts';
import { addEvents } from './commands/events.ts';
import { addExplain } from './commands/explain.ts';
import { addGates } from './commands/gates.ts';
import { addGrants } from './commands/grants.ts';
import { addKeys } from './commands/keys.ts';
import { addMove } from './commands/move.ts';
import { addPeople } from './commands/people.ts';
import { addRealms } from './commands/realms.ts';
import { addScopes } from './commands/scopes.ts';
import { addSettings } from './commands/settings.ts';
import { addSunset } from './commands/sunset.ts';
import { addSweep } from './commands/sweep.ts';
import type { CommandContext } from './context/command-context.ts';
import { addTokens } from './commands/tokens.ts';
import { ownVersion } from './version.ts';

const ENVIRONMENT = `
The database is the one in --database or DATABASE_URL, by default sqlite:./vestibule.db. Put passwords in DATABASE_URL:
other users of this computer can see command-line options.

Exit codes: 0 success, 1 refused or not found, 2 invalid usage, 3 apply --dry-run found differences,
or the server that doctor examines did not respond.`;

/**
 * Creates the program `vestibule` with all its commands. An application can add commands of its own before it passes the
 * program to {@link runProgram}.
 */
export function createProgram(context: CommandContext): Command {
  const { stdout, stderr } = context;
  const program = new Command('vestibule')
    .description('Administer Vestibule from the command line.')
    .exitOverride()
    .showHelpAfterError()
    .version(ownVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print help for a command')
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      // Usage errors repeat arguments, which may be a database URL or a token.
      outputError: (text, write) => write(withoutSecrets(text)),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    })
    .addHelpText('after', ENVIRONMENT);
  const commands = [
    addGates,
    addClients,
    addDocuments,
    addPeople,
    addGrants,
    addTokens,
    addApis,
    addScopes,
    addRealms,
    addApply,
    addKeys,
    addSettings,
    addEvents,
    addExplain,
    addDoctor,
    addSunset,
    addSweep,
    addBackup,
    addMove,
  ];
  for (const add of commands) add(program, context);
  return program;
}
