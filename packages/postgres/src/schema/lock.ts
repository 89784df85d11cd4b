import type { Statement } from '../database/statement.ts';

/** Locked until the end of the transaction by migrations and imports. The number is arbitrary. */
export const LOCK_SCHEMA: Statement = { text: 'SELECT pg_advisory_xact_lock(8381660784611605)' };
