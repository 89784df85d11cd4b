import { times } from '../check/times.ts';
import type { Call } from './call.ts';
import { RACERS } from './race.ts';

/** Two kinds of calls in alternating pairs, so that each kind is in both halves of the racers. */
export const mixed = (one: (number: number) => Call, other: (number: number) => Call): readonly Call[] =>
  times(RACERS, (number) => (number % 4 < 2 ? one(number) : other(number)));
