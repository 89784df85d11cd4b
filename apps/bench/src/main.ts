import {
  COMPARE,
  COMPARE_CLUSTER,
  COMPARE_DOCUMENTS,
  COMPARE_POSTGRES,
  runCompare,
} from './commands/compare-command.ts';
import { UsageError } from './commands/options.ts';
import { runLimits } from './commands/limits-command.ts';
import { runModel } from './commands/model-command.ts';
import { runReport } from './commands/report-command.ts';
import { runSetup } from './commands/setup-command.ts';

const HELP = `bench [COMMAND] [OPTIONS]

  bench            Vestibule beside its peers: --targets, --operations and more, see README.md
  bench setup      installs the peers from npm, once
  bench postgres   one node beside its PostgreSQL
  bench documents  clients with metadata documents beside registered ones
  bench cluster    three nodes on one PostgreSQL
  bench limits     what one core and one disk can do at most: --ms, --rounds
  bench model --from FILE   what more people need, from a stored run of bench postgres
  bench stores     the stores alone
  bench soak       an hour of whole flows: does anything grow? --minutes, --connections
  bench spray      what a million registrations add to a database: --count, --persistence
  bench report FILE   prints a stored run again; --chart FILE.svg, --page FILE.md
`;

type Command = (args: readonly string[]) => void | Promise<void>;

const COMMANDS: Readonly<Record<string, Command>> = {
  compare: (args) => runCompare(args, COMPARE),
  postgres: (args) => runCompare(args, COMPARE_POSTGRES),
  documents: (args) => runCompare(args, COMPARE_DOCUMENTS),
  cluster: (args) => runCompare(args, COMPARE_CLUSTER),
  limits: runLimits,
  model: runModel,
  report: runReport,
  setup: runSetup,
  stores: async () => (await import('./commands/stores-command.ts')).runStores(),
  soak: async (args) => (await import('./commands/soak-command.ts')).runSoak(args),
  spray: async (args) => (await import('./commands/spray-command.ts')).runSpray(args),
  help: () => console.log(HELP),
};

const [first = 'compare', ...rest] = process.argv.slice(2);
const name = first === '--help' || first === '-h' ? 'help' : first;
const [command, args] = name.startsWith('-')
  ? [COMMANDS['compare'], [name, ...rest]]
  : [COMMANDS[name], rest];
try {
  if (command === undefined) throw new UsageError(`${name}: is not a command.\n\n${HELP}`);
  await command(args);
  process.exit(0);
} catch (error) {
  const isMistake = error instanceof UsageError;
  console.error(isMistake ? error.message : error);
  // Explicitly: the package of the PostgreSQL server ends an idle process with 0.
  process.exit(isMistake ? 2 : 1);
}
