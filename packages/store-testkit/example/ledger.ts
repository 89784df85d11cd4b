import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createTable, type Table, type Write } from './table.ts';

/** All stored data: rows in memory, and a file with one line for each operation. For one process at a time. */
export interface Ledger {
  readonly table: <T>(name: string) => Table<T>;
  /**
   * Runs an operation after the ones before it, and resolves when its writes are durable. An operation is one line, so it is
   * stored completely or not at all.
   *
   * @throws StoreUnavailable if the line could not be written: the memory may be ahead of the file then, and every later
   * operation fails until the file is opened again
   */
  readonly operate: <R>(work: () => R) => Promise<R>;
  /** All stored data as text. */
  readonly snapshot: () => string;
  readonly close: () => Promise<void>;
}

/**
 * Opens or creates a ledger.
 *
 * @throws Error with the line number if a line cannot be read; the file is unchanged
 */
export async function openLedger(path: string): Promise<Ledger> {
  const file = await open(path, 'a+', 0o600);
  const rows = new Map<string, string>();
  try {
    for (const write of await readWrites(file)) apply(rows, write);
    await syncFolder(path);
  } catch (error) {
    await file.close();
    throw error;
  }
  let writes: Write[] = [];
  let failure: unknown;
  let last: Promise<unknown> = Promise.resolve();
  const perform = async <R>(work: () => R): Promise<R> => {
    try {
      if (failure !== undefined) throw failure;
      const result = work();
      if (writes.length > 0) {
        await file.appendFile(`${JSON.stringify(writes)}\n`);
        await file.sync();
      }
      writes = [];
      return result;
    } catch (error) {
      // An operation that failed before it changed anything is a bug, which does not affect the ledger.
      if (failure === undefined && writes.length === 0) throw error;
      failure ??= error;
      throw unavailable(failure);
    }
  };
  return {
    table: (name) =>
      createTable(rows, name, (write) => {
        writes.push(write);
        apply(rows, write);
      }),
    operate: (work) => {
      const turn = last.then(() => perform(work));
      last = turn.catch(() => {});
      return turn;
    },
    snapshot: () => JSON.stringify([...rows]),
    close: async () => {
      await last;
      await file.close();
    },
  };
}

function apply(rows: Map<string, string>, [key, json]: Write): void {
  if (json === null) rows.delete(key);
  else rows.set(key, json);
}

/** The stored writes, in order. An incomplete last line was never acknowledged, and is removed. */
async function readWrites(file: FileHandle): Promise<readonly Write[]> {
  const text = await file.readFile('utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const writes = whole.split('\n').flatMap((line, i): readonly Write[] => {
    try {
      return line === '' ? [] : JSON.parse(line);
    } catch (error) {
      throw new Error(`Line ${i + 1} of the ledger is no JSON. Restore the file from a copy.`, {
        cause: error,
      });
    }
  });
  if (whole !== text) await file.truncate(Buffer.byteLength(whole));
  return writes;
}

/** Makes the name of a new file durable as well. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path));
  await folder.sync();
  await folder.close();
}

/** An outage, for a 503; not a bug. */
const unavailable = (cause: unknown): Error =>
  Object.assign(new Error('The ledger could not be written. Open it again.', { cause }), {
    code: 'STORE_UNAVAILABLE',
    retryAfter: 60,
  });
