import type { Statement } from '../database/statement.ts';

/** Held until the transaction ends, by whoever changes the tables or moves everything in. The number is ours. */
export const LOCK_SCHEMA: Statement = { text: 'SELECT pg_advisory_xact_lock(8381660784611605)' };
