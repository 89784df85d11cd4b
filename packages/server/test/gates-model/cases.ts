import { type Flow, foresee, type Step, STEPS } from './flow.ts';
import type { Kind } from './kinds.ts';
import type { Gates } from './realm.ts';

/** One authorization at Notes, and how the gates move while it is under way. */
export interface Case {
  readonly asked?: readonly string[];
  readonly start: Gates;
  readonly moves: readonly Move[];
}

/** The gates are moved right before a step. */
export interface Move {
  readonly before: Step;
  readonly to: Gates;
}

const EITHER = [true, false] as const;

/**
 * Every combination of the gates that Notes stands behind. Mail is open exactly when Notes is not, and its own scope is
 * always: so a gate that is asked of the wrong API gives itself away.
 */
export const STATES: readonly Gates[] = EITHER.flatMap((realm) =>
  EITHER.flatMap((notes) =>
    EITHER.flatMap((read) =>
      EITHER.map((write) => ({ realm, notes, mail: !notes, read, write, send: true })),
    ),
  ),
);

export const OPEN: Gates = { realm: true, notes: true, mail: false, read: true, write: true, send: true };

/** What clients ask for: no scope by name, one, and one that never opens beside others. */
export const REQUESTS: readonly (readonly string[] | undefined)[] = [
  undefined,
  ['read'],
  ['write'],
  ['read', 'write', 'admin'],
];

/** Every step before which the gates can move while an authorization is under way, up to its first token. */
const MOMENTS = STEPS.slice(1, -1);

/**
 * Every way in which the gates can move during an authorization by a kind of client: from any state to any other before
 * any step, and open again before any later one. Left out is what cannot be told from another case, because nothing is
 * left of the authorization by then.
 */
export function casesOf(kind: Kind): readonly Case[] {
  const cases: Case[] = [];
  for (const asked of REQUESTS) {
    for (const start of STATES) {
      for (const moves of movesFrom(start)) {
        const found = { ...(asked && { asked }), start, moves };
        if (isTold(kind, found)) cases.push(found);
      }
    }
  }
  return cases;
}

/** No move, and each move, alone and with each time of opening everything again. */
function* movesFrom(start: Gates): Generator<readonly Move[]> {
  yield [];
  for (const [index, before] of MOMENTS.entries()) {
    for (const to of STATES) {
      if (to === start) continue;
      yield [{ before, to }];
      for (const again of MOMENTS.slice(index + 1)) {
        yield [
          { before, to },
          { before: again, to: OPEN },
        ];
      }
    }
  }
}

/** Whether the authorization is still alive at each move. */
function isTold(kind: Kind, { asked, start, moves }: Case): boolean {
  let flow: Flow = { kind, api: 'notes', ...(asked && { asked }), isOver: false };
  let gates = start;
  for (const step of STEPS) {
    const move = moves.find(({ before }) => before === step);
    if (move !== undefined && flow.isOver) return false;
    gates = move?.to ?? gates;
    ({ flow } = foresee(flow, step, gates));
  }
  return true;
}
