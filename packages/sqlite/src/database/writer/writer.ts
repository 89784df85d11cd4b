import type { Operations } from './operations.ts';

/** Something to write: the name of an operation, with its parameters. */
export interface Call<Name extends keyof Operations = keyof Operations> {
  readonly name: Name;
  readonly parameters: Parameters<Operations[Name]>;
}

/** What came of a call. An error is told by its parts, because it comes from another thread. */
export type CallOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly code?: string };

/** Does what is to be written, one group after the other. */
export interface Writer {
  /** Resolves with what the operation gives back, when it is committed and on the disk. */
  send<Name extends keyof Operations>(call: Call<Name>): Promise<ReturnType<Operations[Name]>>;
  /** Writes what is waiting; takes nothing more. */
  close(): Promise<void>;
}

/** A writer as stores see it: each operation with its own parameters and result. */
export type Write = <Name extends keyof Operations>(
  name: Name,
  ...parameters: Parameters<Operations[Name]>
) => Promise<ReturnType<Operations[Name]>>;
