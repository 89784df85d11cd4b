import { type Flow, foresee, type Step, STEPS } from './flow.ts';
import type { Kind } from './kinds.ts';
import { ALL_OPEN, type Gates } from './realm.ts';

/** One authorization at Notes, and how the gates change while it is in progress. */
export interface Case {
  readonly asked?: readonly string[];
  readonly start: Gates;
  readonly moves: readonly Move[];
}

/** The gates change directly before a step. */
export interface Move {
  readonly before: Step;
  readonly to: Gates;
}

const EITHER = [true, false] as const;

/**
 * Every combination of the gates of Notes. Mail is open exactly when Notes is not, documents exactly when registration is not,
 * and the scope of Mail always is, so that checking the gates of the wrong API or of the wrong kind fails a test.
 */
export const STATES: readonly Gates[] = EITHER.flatMap((realm) =>
  EITHER.flatMap((notes) =>
    EITHER.flatMap((read) =>
      EITHER.map((write) => ({
        realm,
        documents: !realm,
        notes,
        mail: !notes,
        read,
        write,
        send: true,
      })),
    ),
  ),
);

export const OPEN: Gates = { ...ALL_OPEN, mail: false };

/** What clients request: no scope, one, and one that never opens beside others. */
export const REQUESTS: readonly (readonly string[] | undefined)[] = [
  undefined,
  ['read'],
  ['write'],
  ['read', 'write', 'admin'],
];

/** Every step before which the gates can change during an authorization, up to its first token. */
const MOMENTS = STEPS.slice(1, -1);

/**
 * Every way in which the gates can change during an authorization by a kind of client: from any state to any other before
 * any step, and open again before any later one. Cases that equal another one are left out, because the authorization has
 * ended by then.
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

/** No change, and each change, alone and with each time of opening everything again. */
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

/** Whether the authorization still exists at each change. */
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
