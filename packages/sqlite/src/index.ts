export { backUpFile } from './database/background/backup.ts';
export {
  type DatabaseOptions,
  openDatabase,
  type SqliteDatabase,
  type SqliteValue,
  type StatementOutcome,
} from './database/database.ts';
export { type DatabaseExport, exportDatabase, type ExportedTable } from './database/export.ts';
export { createSqliteStores } from './stores/stores.ts';
export type { SweeperOptions } from './stores/sweep.ts';
