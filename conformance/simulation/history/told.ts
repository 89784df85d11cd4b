import type { Entry } from './history.ts';

/** The history, for people: one line for each act. */
export const told = (history: readonly Entry[]): string =>
  history
    .map(({ number, actor, act, began, answer }) => {
      const at = new Date(began.at).toISOString().replace('T', ' ').slice(0, 19);
      return `${String(number).padStart(4)}  ${at}  ${actor.padEnd(8)}  ${act}: ${answer}`;
    })
    .join('\n');
