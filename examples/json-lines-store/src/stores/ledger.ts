import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A written row: its key and its JSON, or `null` if it is deleted. */
export type Write = readonly [key: string, json: string | null];

/** All stored data: rows in memory, and a file with one line for each operation. For one process at a time. */
export interface Ledger {
  readonly rows: ReadonlyMap<string, string>;
  /** Writes a row as a part of an operation. */
  readonly write: (write: Write) => void;
  /**
   * Runs an operation after the ones before it, and resolves when its writes are durable. An operation is one line, so it is
   * stored completely or not at all. If it throws, or its result is not to be kept, its writes are undone.
   *
   * @throws StoreUnavailable if the line could not be written: the memory may be ahead of the file then, and every later
   * operation fails until the file is opened again
   */
  readonly operate: <R>(work: () => R, isKept?: (result: R) => boolean) => Promise<R>;
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
  let undo: Write[] = [];
  let failure: unknown;
  let last: Promise<unknown> = Promise.resolve();
  const perform = async <R>(work: () => R, isKept: (result: R) => boolean): Promise<R> => {
    if (failure !== undefined) throw unavailable(failure);
    [writes, undo] = [[], []];
    let keeps = false;
    try {
      const result = work();
      keeps = isKept(result);
      if (!keeps || writes.length === 0) return result;
      await append(file, writes).catch((error: unknown) => {
        failure = error;
        throw unavailable(error);
      });
      return result;
    } finally {
      if (!keeps) for (const write of undo.toReversed()) apply(rows, write);
    }
  };
  return {
    rows,
    write: (write) => {
      const [key] = write;
      undo.push([key, rows.get(key) ?? null]);
      writes.push(write);
      apply(rows, write);
    },
    operate: (work, isKept = () => true) => {
      const turn = last.then(() => perform(work, isKept));
      last = turn.catch(() => {});
      return turn;
    },
    snapshot: () => JSON.stringify([...rows].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    close: async () => {
      await last;
      await file.close();
    },
  };
}

async function append(file: FileHandle, writes: readonly Write[]): Promise<void> {
  await file.appendFile(`${JSON.stringify(writes)}\n`);
  await file.sync();
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
