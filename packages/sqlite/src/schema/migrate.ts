import type { Database } from 'better-sqlite3';
import { MIGRATIONS } from './migrations.ts';

/**
 * Migrates the tables in one transaction; many processes can do so concurrently.
 *
 * @throws Error if the database was written by a newer version, which this one cannot read, or by another program
 */
export function migrate(database: Database): void {
  const bringUpToDate = database.transaction(() => {
    const version = Number(database.pragma('user_version', { simple: true }));
    if (version > MIGRATIONS.length) {
      throw new Error(
        `The database has schema ${version}; this version of Vestibule knows schemas up to ${MIGRATIONS.length}. Start the version that wrote it, or a newer one.`,
      );
    }
    if (version === 0 && database.prepare('SELECT 1 FROM sqlite_master').get() !== undefined) {
      throw new Error('The database belongs to another program: it has tables that are not Vestibule’s.');
    }
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
    database.pragma(`user_version = ${MIGRATIONS.length}`);
  });
  // A table that is built again is dropped once, which would delete the rows that refer to it.
  database.pragma('foreign_keys = OFF');
  bringUpToDate.immediate();
  database.pragma('foreign_keys = ON');
}
