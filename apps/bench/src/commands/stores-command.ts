import { countStatements } from '../stores/postgres-statements.ts';
import { measureInserts } from '../stores/sqlite-inserts.ts';

/** Measures the stores alone, one after another, so that none disturbs another. */
export async function runStores(): Promise<void> {
  console.log('Durable inserts through SQLite, a second');
  console.table(await measureInserts({ inserts: 12_800, report: (name) => console.error(`  ${name} …`) }));
  console.log('What each operation asks of PostgreSQL');
  console.table(await countStatements());
}
