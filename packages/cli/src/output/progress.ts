import type { Screen } from '../context/context.ts';

/** One line that says how far it is, and is gone at the end. Nothing where nobody is looking. */
export interface Progress {
  say(text: string): void;
  end(): void;
}

const CLEAR = '\r\u001B[2K';

export const createProgress = (screen: Screen): Progress =>
  screen.isTTY === true
    ? { say: (text) => void screen.write(`${CLEAR}${text}`), end: () => void screen.write(CLEAR) }
    : { say: () => {}, end: () => {} };
