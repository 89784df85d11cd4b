import type { LeaseStore } from '@vestibule/core';
import type { SqliteDatabase } from '../database/database.ts';

/** Leases on SQLite, shared by the processes that use the file. */
export const createSqliteLeaseStore = ({ write }: SqliteDatabase): LeaseStore => ({
  take: (name, holder, now, expiresAt) => write('takeLease', name, holder, now, expiresAt),
  release: (name, holder) => write('releaseLease', name, holder),
});
