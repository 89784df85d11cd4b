import type { GuardedFetch } from '@vestibule/cimd';
import type { Clock } from '@vestibule/core';

/** Standard output or standard error. */
export interface Output {
  /** Whether it is a terminal. */
  readonly isTTY?: boolean;
  /** The width of the terminal, in columns. Absent: it is not a terminal. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** Standard input. */
export type Input = NodeJS.ReadableStream & {
  /** Whether it is a terminal, so that a command can ask for confirmation. */
  readonly isTTY?: boolean;
};

/** 0: success. 1: refused, or not found. 2: invalid usage; nothing was done. 3: a dry run found differences, or a server did not respond. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Everything a command uses of its process: environment variables, streams, clock, user and exit code. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly clock: Clock;
  /** Fetches metadata documents. @default as the server does, with the settings of `env` */
  readonly documentFetch?: GuardedFetch;
  /** The user name of the operating system: audit events name it as the actor. */
  readonly user: string;
  /** Sets the code with which the process exits when the command has finished. */
  setExitCode(code: ExitCode): void;
}
