import type { AuditEvent } from '@vestibule/core/audit';
import type { Database } from 'better-sqlite3';
import { randomBytes } from 'node:crypto';

export interface AuditWrites {
  readonly recordEvent: (event: AuditEvent) => void;
}

export function auditWrites(database: Database): AuditWrites {
  const insert = database.prepare<[string, number, string, string, string]>(
    'INSERT INTO audit_events (realm, at, id, type, event) VALUES (?, ?, ?, ?, ?)',
  );
  const nextId = eventIds();
  return {
    recordEvent: (event) =>
      void insert.run(event.realm, event.at, nextId(), event.type, JSON.stringify(event)),
  };
}

/**
 * Creates ids that distinguish events of the same time, and preserve the order of events of one process. The random part
 * distinguishes processes.
 */
function eventIds(): () => string {
  const process = randomBytes(8).toString('base64url');
  let count = 0;
  return () => {
    count += 1;
    return `${count.toString(36).padStart(8, '0')}-${process}`;
  };
}
