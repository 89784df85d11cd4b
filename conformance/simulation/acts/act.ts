import type { Telling, World } from '../world/world.ts';

/** The numbers of a step, which choose among what exists. */
export type Numbers = readonly [number, number, number];

/** Something that an actor can do. It says nothing if nothing exists that it could be done with. */
export interface Act {
  readonly actor: 'agent' | 'person' | 'operator' | 'attacker' | 'time';
  /** How frequent it is, beside the others. */
  readonly weight: number;
  /** Whether it is an act of an operator, whose change and event are not one commit. */
  readonly isOperators?: true;
  /** Whether nothing else happens meanwhile. */
  readonly isAlone?: true;
  /** @returns what was answered */
  readonly run: (world: World, numbers: Numbers, telling: Telling) => Promise<string>;
}

export const NOTHING = 'nothing';

/** One element of a list, chosen by a number: half of the time the newest, and otherwise any or one of the newest four. */
export function chosen<T>(list: readonly T[], number: number): T | undefined {
  if (number % 4 === 0) return list[(number / 4) % list.length];
  const recent = list.slice(-4);
  return number % 4 === 1 ? recent[number % recent.length] : list.at(-1);
}
