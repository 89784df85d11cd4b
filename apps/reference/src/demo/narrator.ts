import { styleText } from 'node:util';

/** Tells a story step by step as it happens, and remembers which step it is in. */
export interface Narrator {
  /** The step that is being told. */
  readonly step: string;
  /** Begins a step. */
  begin(step: string): void;
  /** Adds what came of it. */
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
