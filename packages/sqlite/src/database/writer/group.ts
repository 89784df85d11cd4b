import type { Database } from 'better-sqlite3';
import { createOperations, type Operations } from './operations.ts';
import type { Call, CallOutcome } from './writer.ts';

/**
 * Runs calls together, in the given order, in one transaction: they share one wait for the disk, and each sees the changes
 * of the one before it. A failed call does not affect the others; if the disk or the lock fails, none is done.
 */
export function createGroupWriter(database: Database): (calls: readonly Call[]) => readonly CallOutcome[] {
  const operations = createOperations(database);

  const together = database.transaction((calls: readonly Call[]): readonly CallOutcome[] =>
    calls.map((call) => {
      try {
        return { ok: true, value: run(operations, call) };
      } catch (error) {
        // SQLite has rolled back by itself, for example because the disk is full.
        if (!database.inTransaction) throw error;
        return failure(error);
      }
    }),
  );

  return (calls) => {
    try {
      return together.immediate(calls);
    } catch (error) {
      return calls.map(() => failure(error));
    }
  };
}

/** The operations in a form whose type ties a name to its parameters. */
type ByName = {
  readonly [Name in keyof Operations]: (...parameters: Parameters<Operations[Name]>) => unknown;
};

function run<Name extends keyof Operations>(operations: ByName, { name, parameters }: Call<Name>): unknown {
  return operations[name](...parameters);
}

function failure(error: unknown): CallOutcome {
  if (!(error instanceof Error)) return { ok: false, message: String(error) };
  const code = 'code' in error ? { code: String(error.code) } : {};
  return { ok: false, message: error.message, ...code };
}
