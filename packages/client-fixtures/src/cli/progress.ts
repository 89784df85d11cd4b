/** An agent, by its name for people. */
export interface NamedAgent {
  readonly client: string;
}

/** Where progress is written: standard error. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** One line that names the current agent, and is erased at the end. Nothing is written if the output is not a terminal. */
export interface Progress {
  agent(agent: NamedAgent): void;
  end(): void;
}

const CLEAR = '\r\u001B[2K';

export function createProgress(screen: Screen, total: number): Progress {
  if (!screen.isTTY) return { agent: () => {}, end: () => {} };
  let count = 0;
  return {
    agent: ({ client }) => {
      count += 1;
      screen.write(`${CLEAR}${count}/${total} ${client}`);
    },
    end: () => screen.write(CLEAR),
  };
}
