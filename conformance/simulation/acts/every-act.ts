import type { Act } from './act.ts';
import { AGENTS } from './agents.ts';
import { ATTACKERS } from './attackers.ts';
import { OPERATORS } from './operators.ts';
import { PEOPLE_ACTS } from './people.ts';
import { TIME } from './time.ts';

const ALL = { ...AGENTS, ...PEOPLE_ACTS, ...OPERATORS, ...ATTACKERS, ...TIME };

export type ActName = keyof typeof ALL;

/** Everything that agents, people, operators, attackers and time can do, by name. */
export const ACTS: Readonly<Record<ActName, Act>> = ALL;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `Object.keys` has the type of any object
const NAMES = Object.keys(ALL) as ActName[];

/** Each name as often as its weight says. */
export const WEIGHTED: readonly [ActName, ...ActName[]] = [
  'register',
  ...NAMES.flatMap((name) => Array.from({ length: ACTS[name].weight }, () => name)),
];
