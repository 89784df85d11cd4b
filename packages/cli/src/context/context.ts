import type { Clock } from '@vestibule/core';

/** Where something is written: standard output, or standard error. */
export interface Screen {
  /** Whether somebody is looking. */
  readonly isTTY?: boolean;
  /** How wide it is, where somebody is looking. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** Where something is read: standard input. */
export type Input = NodeJS.ReadableStream & {
  /** Whether somebody can be asked. */
  readonly isTTY?: boolean;
};

/** 0: done. 1: refused, or not found. 2: called wrongly, and nothing was done. */
export type ExitCode = 0 | 1 | 2;

/** All that a command meets of the world. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Input;
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly clock: Clock;
  /** Says what the process is to end with, when it does. */
  endWith(code: ExitCode): void;
}
