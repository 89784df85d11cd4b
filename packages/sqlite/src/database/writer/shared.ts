import type { Database } from 'better-sqlite3';
import { createGroupWriter, type GroupWriter } from './group.ts';

/**
 * Creates a group writer on the connection that reads: its own changes do not invalidate the pages that it has in memory, as
 * those of another connection do. Between groups the connection refuses writes, so that a statement of a query cannot write.
 */
export function createSharedWriter(reading: Database): GroupWriter {
  const write = createGroupWriter(reading);
  return (calls) => {
    reading.pragma('query_only = OFF');
    try {
      return write(calls);
    } finally {
      reading.pragma('query_only = ON');
    }
  };
}
