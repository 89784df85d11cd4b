import type { Operations } from './operations.ts';

/** The name of an operation, with its parameters. */
export interface Call<Name extends keyof Operations = keyof Operations> {
  readonly name: Name;
  readonly parameters: Parameters<Operations[Name]>;
}

/** The outcome of a call. An error is sent as its parts, because it comes from another thread. */
export type CallOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly code?: string };

/** Processes writes, one group after the other. */
export interface Writer {
  /** Resolves with the result of the operation when it is committed and durable. */
  send<Name extends keyof Operations>(call: Call<Name>): Promise<ReturnType<Operations[Name]>>;
  /** Completes waiting writes; accepts no more. */
  close(): Promise<void>;
}

/** A writer for stores: each operation has its own parameters and result. */
export type Write = <Name extends keyof Operations>(
  name: Name,
  ...parameters: Parameters<Operations[Name]>
) => Promise<ReturnType<Operations[Name]>>;
