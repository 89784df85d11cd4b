/** A stream that text is written to. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** One line that says what is done, and is erased at the end. */
export interface Progress {
  say(text: string): void;
  end(): void;
}

const CLEAR = '\r\u001B[2K';

/** Nothing is written if the output is not a terminal. */
export const createProgress = (screen: Screen): Progress =>
  screen.isTTY === true
    ? {
        say: (text) => {
          const line = text.replaceAll(/\p{C}+/gu, ' ').slice(0, (screen.columns ?? 80) - 1);
          screen.write(`${CLEAR}${line}`);
        },
        end: () => screen.write(CLEAR),
      }
    : { say: () => {}, end: () => {} };
