import type { RealmOptions } from '../options/common.ts';
import { painter } from '../output/paint.ts';
import { printResult } from '../output/print.ts';
import { table } from '../output/table.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';
import { type GateState, gateStates, nameOf } from './gate-states.ts';

/** Prints the gates of a realm. */
export async function showGates(context: CommandContext, options: RealmOptions): Promise<void> {
  const { id, gates } = await inRealm(context, options, async ({ realm }) => ({
    id: realm.id,
    gates: gateStates(realm),
  }));
  const { stdout } = context;
  const paint = painter(context, stdout);
  printResult(context, options, {
    document: gates.map(documentOf),
    text: () =>
      table<GateState>({
        columns: [
          { title: 'gate', cell: ({ gate }) => gate },
          { title: 'name', cell: (gate) => nameOf(gate) || id, atLeast: 12 },
          {
            title: 'state',
            cell: ({ open }) => (open ? 'open' : 'closed'),
            paint: (text, { open }) => paint(open ? 'good' : 'quiet', text),
          },
          { title: 'details', cell: aboutOf, atLeast: 12, spare: 1 },
        ],
        rows: gates,
        width: stdout.columns,
      }),
  });
}

function documentOf(state: GateState): object {
  const { gate, open, about } = state;
  switch (gate) {
    case 'realm':
      return { gate, open, mode: about };
    case 'documents':
      return { gate, open, accepts: about };
    case 'api':
      return { gate, of: state.of, open, resource: about };
    case 'scope':
      return { gate, of: state.of, open, description: about };
  }
}

/** Which clients may register, by mode. */
const MODES: Readonly<Record<string, string>> = {
  anonymous: 'any client, within the rate limits',
  'initial-access-token': 'clients with an initial access token',
  both: 'any client within the rate limits, and clients with an initial access token',
};

const aboutOf = ({ gate, about }: GateState): string => (gate === 'realm' ? (MODES[about] ?? about) : about);
