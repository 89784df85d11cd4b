export type { SqliteAuditLog } from './audit-log.ts';
export { type DatabaseOptions, openDatabase } from './database.ts';
export { createSqliteStores, type SqliteStores } from './stores.ts';
export type { SweeperOptions } from './sweep.ts';
