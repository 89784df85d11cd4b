import type { LeaseStore } from '@vestibule/core';
import type { SqliteDatabase } from '../database/database.ts';

/** Leases on SQLite: processes share them where they share the file. */
export const createSqliteLeaseStore = ({ write }: SqliteDatabase): LeaseStore => ({
  take: (name, holder, now, expiresAt) => write('takeLease', name, holder, now, expiresAt),
  release: (name, holder) => write('releaseLease', name, holder),
});
