export type { StatementEvent } from './database/connection.ts';
export type { Database } from './database/database.ts';
export { type DatabaseOptions, openDatabase } from './database/open.ts';
export type { Queryable, Result, Statement, Value } from './database/statement.ts';
export type { TransactionOptions } from './database/transaction.ts';
export { type ImportOutcome, type ImportProgress, importTables } from './import/import-tables.ts';
export type { ImportedTable, ImportedValue } from './import/table.ts';
export { createPostgresStores } from './stores/stores.ts';
export type { SweeperOptions } from './stores/sweep.ts';
