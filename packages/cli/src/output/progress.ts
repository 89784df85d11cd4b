import type { Output } from '../context/command-context.ts';

/** A progress line that is erased at the end. Prints nothing if the output is not a terminal. */
export interface Progress {
  say(text: string): void;
  end(): void;
}

const CLEAR = '\r\u001B[2K';

export const createProgress = (output: Output): Progress =>
  output.isTTY === true
    ? { say: (text) => void output.write(`${CLEAR}${text}`), end: () => void output.write(CLEAR) }
    : { say: () => {}, end: () => {} };
