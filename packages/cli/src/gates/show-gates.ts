import type { RealmOptions } from '../options/common.ts';
import { painter } from '../output/paint.ts';
import { tell } from '../output/print.ts';
import { table } from '../output/table.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { Surroundings } from '../context/context.ts';
import { type GateState, gateStates, nameOf } from './gate-states.ts';

/** Shows the realm's gates as they are. */
export async function showGates(surroundings: Surroundings, options: RealmOptions): Promise<void> {
  const { id, gates } = await inRealm(surroundings, options, async ({ realm }) => ({
    id: realm.id,
    gates: gateStates(realm),
  }));
  const { stdout } = surroundings;
  const paint = painter(surroundings, stdout);
  tell(surroundings, options, {
    document: gates.map(documentOf),
    text: () =>
      table<GateState>({
        columns: [
          { title: 'gate', cell: ({ gate }) => gate },
          { title: 'of', cell: (gate) => (gate.gate === 'realm' ? id : nameOf(gate)), atLeast: 12 },
          {
            title: 'is',
            cell: ({ open }) => (open ? 'open' : 'closed'),
            paint: (text, { open }) => paint(open ? 'good' : 'quiet', text),
          },
          { title: 'about', cell: aboutOf, atLeast: 12, spare: 1 },
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
    case 'api':
      return { gate, of: state.of, open, resource: about };
    case 'scope':
      return { gate, of: state.of, open, description: about };
  }
}

/** Who may come through the door, in words. */
const MODES: Readonly<Record<string, string>> = {
  anonymous: 'for anybody, within the limits',
  'initial-access-token': 'for who has an initial access token',
  both: 'for anybody within the limits, and for who has an initial access token',
};

const aboutOf = ({ gate, about }: GateState): string => (gate === 'realm' ? (MODES[about] ?? about) : about);
