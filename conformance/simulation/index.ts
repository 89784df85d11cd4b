export type { Entry, Fact, Moment } from './history/history.ts';
export { readStored } from './history/stored.ts';
export { violationsOf } from './invariants/every-invariant.ts';
