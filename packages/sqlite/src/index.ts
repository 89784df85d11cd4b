export { backUpFile } from './database/background/backup.ts';
export { type DatabaseOptions, openDatabase } from './database/open.ts';
export type { SqliteDatabase } from './database/database.ts';
export type { SqliteValue, StatementOutcome } from './database/statement.ts';
export { type DatabaseExport, exportDatabase, type ExportedTable } from './export/export-database.ts';
export { createSqliteStores } from './stores/stores.ts';
export type { SweeperOptions } from './stores/sweep.ts';
