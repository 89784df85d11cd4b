export { backUpFile } from './background/backup.ts';
export {
  type DatabaseOptions,
  openDatabase,
  type SqliteDatabase,
  type SqliteValue,
  type StatementOutcome,
} from './database.ts';
export { type DatabaseExport, exportDatabase, type ExportedTable } from './export.ts';
export { createSqliteStores } from './stores.ts';
export type { SweeperOptions } from './sweep.ts';
