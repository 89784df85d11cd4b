import type { Invariant } from './invariant.ts';

/** When everything has expired and was swept, nothing is stored any more except for blocked clients. */
export const nothingIsKeptWithoutBound: Invariant = {
  name: 'nothing is kept without bound',
  check: ({ left }) => left.map((what) => `The ${what} is still stored years later.`),
};
