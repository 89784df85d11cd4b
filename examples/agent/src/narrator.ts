import { styleText } from 'node:util';

/** Prints the steps of a process as they happen, and remembers the current one. */
export interface Narrator {
  /** The current step. */
  readonly step: string;
  /** Begins a step. */
  begin(step: string): void;
  /** Prints a detail of the current step. */
  say(detail: string): void;
}

export function createNarrator(print: (line: string) => void): Narrator {
  let number = 0;
  let current = 'start';
  return {
    get step() {
      return current;
    },
    begin(step) {
      if (step === current) return;
      number += 1;
      current = step;
      print(`${styleText('dim', String(number).padStart(2))}  ${step}`);
    },
    say(detail) {
      print(styleText('dim', `    ${detail}`));
    },
  };
}
