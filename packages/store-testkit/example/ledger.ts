import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createTable, type Table, type Write } from './table.ts';

/** Everything that is kept: rows in memory, and a file in which each operation is a line. For one process at a time. */
export interface Ledger {
  readonly table: <T>(name: string) => Table<T>;
  /**
   * Runs an operation when those before it are done, and answers when all it wrote is on the disk. An operation is one
   * line, so it is there as a whole or not at all.
   *
   * @throws StoreUnavailable where the line could not be written: what is in memory may be ahead of the file then, and
   * every later operation fails until the file is opened again
   */
  readonly operate: <R>(work: () => R) => Promise<R>;
  /** All that is kept, as text. */
  readonly snapshot: () => string;
  readonly close: () => Promise<void>;
}

/**
 * Opens a ledger, or begins one.
 *
 * @throws Error where a line cannot be read, with its number; the file is left as it is
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
      // An operation that failed before it changed anything is a bug of its own, and no reason to stop.
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

/** What was written, in order. Half a line at the end was never answered for, and is cut off. */
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

/** Makes the name of a new file durable too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path));
  await folder.sync();
  await folder.close();
}

/** An outage, which is answered with 503, and no bug. */
const unavailable = (cause: unknown): Error =>
  Object.assign(new Error('The ledger could not be written. Open it again.', { cause }), {
    code: 'STORE_UNAVAILABLE',
    retryAfter: 60,
  });
