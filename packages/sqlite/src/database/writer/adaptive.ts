import type { Database } from 'better-sqlite3';
import { createGroupWriter, failure, type GroupWriter, type GroupWritten } from './group.ts';
import { settle, type Waiting } from './settle.ts';
import type { Call, CallOutcome, Writer } from './writer.ts';

/** How this thread writes. */
interface Here {
  readonly write: GroupWriter;
  readonly close: () => void;
}

interface Gathered {
  readonly call: Call;
  readonly waiting: Waiting;
}

export interface AdaptiveWriterOptions {
  readonly path: string;
  /**
   * The connection that reads in this thread, which does not wait for other programs. It writes as well: its own changes do not
   * invalidate the pages that it has in memory, as those of another connection do.
   */
  readonly reading: Database;
  /** Opens another connection for writing in this thread, which does not wait either. Called after `reading` has failed. */
  readonly connect: () => Database;
  /** How long a commit may stop this thread, in milliseconds. 0: every write is made by the other thread. */
  readonly longestStall: number;
  /** Writes while the disk is slow, and what would have to wait for another program. */
  readonly thread: Writer;
}

/**
 * A group that is smaller than this part of the one before it waits for more calls, for so many turns. Under load, half of the clients
 * would otherwise get their responses while the others wait for the next commit, and again: twice as many commits.
 */
const ALMOST = 0.9;
const MOST_TURNS = 2;
/** How long the other thread writes before this one tries again, in milliseconds. */
const THREAD_PERIOD = 10_000;
/** The weight of the latest commit in the average. */
const WEIGHT = 0.2;
/**
 * What a commit counts for at most, in multiples of the longest stall. So one slow commit, behind another program or a copy of the
 * log, is not taken for a slow disk: four in a row are.
 */
const MOST_STALLS = 2;

/**
 * Writes in this thread as long as the disk is fast, and otherwise in another one. On a fast disk a commit takes less than the
 * way to another thread and back; on a slow one it would stop everything that only reads. The writes of one turn of the event
 * loop are committed together, and under load those of up to three.
 */
export function createAdaptiveWriter({
  path,
  reading,
  connect,
  longestStall,
  thread,
}: AdaptiveWriterOptions): Writer {
  let here: Here | undefined;
  let hasFailed = false;
  let gathered: Gathered[] = [];
  /** The average wait of the latest commits in this thread, in milliseconds. */
  let stall = 0;
  let threadUntil = longestStall === 0 ? Infinity : -Infinity;
  /** Calls that the other thread has not answered. */
  let sent = 0;
  /** The size of the latest group. */
  let latest = 0;
  /** How many turns the calls have waited for others. */
  let turns = 0;

  function open(): Here {
    if (!hasFailed) return { write: createGroupWriter(reading), close: () => undefined };
    const connection = connect();
    return { write: createGroupWriter(connection), close: () => void connection.close() };
  }

  function writeHere(calls: readonly Call[]): GroupWritten {
    try {
      here ??= open();
      const written = here.write(calls);
      if (written.outcomes.some((outcome) => hasCode(outcome, BROKEN))) {
        // The next write opens another connection.
        hasFailed = true;
        drop();
      }
      return written;
    } catch (error) {
      return { outcomes: calls.map(() => failure(error)), waited: 0 };
    }
  }

  function drop(): void {
    here?.close();
    here = undefined;
  }

  function flushUnlessFew(): void {
    if (gathered.length < ALMOST * latest && turns < MOST_TURNS) {
      turns += 1;
      setImmediate(flushUnlessFew);
    } else {
      flush();
    }
  }

  function flush(): void {
    const group = gathered;
    gathered = [];
    latest = group.length;
    turns = 0;
    // Calls are made in their order, so none overtakes what the other thread has yet to do.
    if (sent > 0 || performance.now() < threadUntil) {
      for (const one of group) sendOn(one);
      return;
    }
    const { outcomes, waited } = writeHere(group.map(({ call }) => call));
    if (outcomes.some((outcome) => hasCode(outcome, BUSY))) {
      for (const one of group) sendOn(one);
      return;
    }
    stall += WEIGHT * (Math.min(waited, MOST_STALLS * longestStall) - stall);
    if (stall > longestStall) {
      threadUntil = performance.now() + THREAD_PERIOD;
      stall = 0;
    }
    for (const [index, { waiting }] of group.entries()) {
      const outcome = outcomes[index];
      if (outcome !== undefined) settle(path, waiting, outcome);
    }
  }

  function sendOn({ call, waiting: { resolve, reject } }: Gathered): void {
    sent += 1;
    thread
      .send(call)
      .then(resolve, reject)
      .finally(() => {
        sent -= 1;
      });
  }

  return {
    send: (call) =>
      new Promise((resolve, reject) => {
        gathered.push({ call, waiting: { resolve, reject } });
        if (gathered.length > 1) return;
        // A lone call waits only for those that are made beside it now.
        if (latest <= 1) queueMicrotask(flushUnlessFew);
        else setImmediate(flushUnlessFew);
      }),
    async close() {
      if (gathered.length > 0) flush();
      // The closed thread refuses what still comes.
      threadUntil = Infinity;
      drop();
      await thread.close();
    },
  };
}

const BUSY = /^SQLITE_BUSY/;
/** A connection with such an error may not see that the file was put in order again. */
const BROKEN = /^SQLITE_(?:NOTADB|CORRUPT|IOERR|CANTOPEN|READONLY)/;

const hasCode = (outcome: CallOutcome, code: RegExp): boolean => !outcome.ok && code.test(outcome.code ?? '');
