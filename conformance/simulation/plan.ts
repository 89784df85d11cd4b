import { type Fault, FAULTS } from './engine/fault.ts';
import { createRandom, type Random } from './engine/random.ts';
import { ACTS, type ActName, WEIGHTED } from './acts/every-act.ts';

/** One act: who acts is part of its name; the numbers choose among what exists then. */
export interface Step {
  readonly act: ActName;
  readonly numbers: readonly [number, number, number];
  /** Whether it begins together with the step before it. */
  readonly isTogether: boolean;
  /** Decides the order of everything that happens together, if it is the first of it. */
  readonly order: number;
  readonly fault?: Fault;
}

const NUMBERS = 1_000;

/** Acts that often follow one another, so that many authorizations get as far as tokens. */
const SEQUENCES: readonly [readonly ActName[], ...(readonly ActName[])[]] = [
  ['register', 'openLink', 'signIn', 'approve', 'exchange'],
  ['openLink', 'signIn', 'approve', 'exchange', 'refresh'],
  ['openLink', 'signIn', 'approve', 'submitElsewhere', 'reload', 'exchange'],
  ['refresh', 'refresh', 'refreshAgain', 'refresh', 'waitLong', 'refreshAgain'],
  ['openLink', 'signIn', 'approveLess', 'exchange', 'useToken'],
  ['useToken', 'useToken', 'revoke', 'useToken', 'useToken'],
  ['useToken', 'useToken', 'endApp', 'useToken', 'useToken'],
  ['spray', 'spray', 'register', 'registerAgain', 'register', 'killNode', 'register', 'spray'],
  ['closeGate', 'useToken', 'refresh', 'openGate', 'openGate'],
];

/** The steps of a seed. */
export function planOf(seed: number, length: number): readonly Step[] {
  const random = createRandom(seed, 1);
  const steps: Step[] = [];
  while (steps.length < length) {
    if (random.chance(0.3)) for (const act of random.pick(SEQUENCES)) steps.push(stepOf(act, random));
    else steps.push(stepOf(random.pick(WEIGHTED), random));
  }
  return steps.slice(0, length);
}

function stepOf(act: ActName, random: Random): Step {
  const number = (): number => random.below(NUMBERS);
  const step = {
    act,
    numbers: [number(), number(), number()],
    isTogether: random.chance(0.4),
    order: random.below(1_000_000),
  } as const;
  const isFaulty = random.chance(ACTS[act].isOperators === true ? 0.05 : 0.12);
  return isFaulty ? { ...step, fault: { kind: random.pick(FAULTS), write: 1 + random.below(3) } } : step;
}

/** The largest number of steps that happen together. */
const MOST_TOGETHER = 4;

/** Steps that happen together. */
export function roundsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const rounds: Step[][] = [];
  let isOpen = false;
  for (const step of steps) {
    const last = rounds.at(-1);
    const isAlone = ACTS[step.act].isAlone === true;
    if (last === undefined || !isOpen || isAlone || !step.isTogether || last.length >= MOST_TOGETHER) {
      rounds.push([step]);
    } else last.push(step);
    isOpen = !isAlone;
  }
  return rounds;
}
