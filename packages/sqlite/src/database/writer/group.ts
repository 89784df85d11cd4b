import type { Database } from 'better-sqlite3';
import { quotaWrites } from '../../stores/quota-writes.ts';
import { createOperations, type Operations } from './operations.ts';
import type { Call, CallOutcome } from './writer.ts';

/** The outcomes of calls, in their order, and how long their commit waited for the disk. */
export interface GroupWritten {
  readonly outcomes: readonly CallOutcome[];
  /** In milliseconds. */
  readonly waited: number;
}

/** Runs calls together, in the given order. */
export type GroupWriter = (calls: readonly Call[]) => GroupWritten;

/**
 * Creates a function that runs calls together, in the given order, in one transaction: they share one wait for the disk, and
 * each sees the changes of the one before it. A failed call does not affect the others; if the disk or the lock fails, none is
 * done.
 */
export function createGroupWriter(database: Database): GroupWriter {
  const quotas = quotaWrites(database);
  const operations = createOperations(database, quotas);
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');

  function outcomeOf(call: Call): CallOutcome {
    try {
      // Other calls may use the table of the quotas.
      if (call.name !== 'commit') quotas.writeQuotas();
      return { ok: true, value: run(operations, call) };
    } catch (error) {
      // SQLite has rolled back by itself, for example because the disk is full.
      if (!database.inTransaction) throw error;
      return failure(error);
    }
  }

  return (calls) => {
    try {
      begin.run();
      const outcomes = calls.map(outcomeOf);
      quotas.writeQuotas();
      const began = performance.now();
      commit.run();
      return { outcomes, waited: performance.now() - began };
    } catch (error) {
      if (database.inTransaction) rollback.run();
      quotas.forgetQuotas();
      return { outcomes: calls.map(() => failure(error)), waited: 0 };
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

/** The outcome of a call that failed. */
export function failure(error: unknown): CallOutcome {
  if (!(error instanceof Error)) return { ok: false, message: String(error) };
  const code = 'code' in error ? { code: String(error.code) } : {};
  return { ok: false, message: error.message, ...code };
}
