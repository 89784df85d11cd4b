/** The responses to clients, and their progress. */
export interface Tally {
  readonly clients: string[];
  readonly accessTokens: string[];
  /** Refresh tokens that are the newest of their family. */
  readonly families: { readonly clientId: string; readonly newest: string }[];
  readonly done: number;
  readonly interrupted: number;
  registered(clientId: string): void;
  issued(tokens: { readonly access_token: string }): void;
  finish(): void;
  interrupt(): void;
  /** Resolves when the given number of flows is done. */
  reaches(count: number): Promise<void>;
}

export function startTally(): Tally {
  const clients: string[] = [];
  const accessTokens: string[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let done = 0;
  let interrupted = 0;
  return {
    clients,
    accessTokens,
    families: [],
    get done() {
      return done;
    },
    get interrupted() {
      return interrupted;
    },
    registered: (clientId) => void clients.push(clientId),
    issued: (tokens) => void accessTokens.push(tokens.access_token),
    finish() {
      done += 1;
      for (const { count, resolve } of waiting) if (done >= count) resolve();
    },
    interrupt: () => void (interrupted += 1),
    reaches: (count) =>
      new Promise((resolve) => {
        if (done >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}
