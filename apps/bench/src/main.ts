import { measureInserts } from './sqlite-inserts.ts';
import { countStatements } from './postgres-statements.ts';

/** Runs the measurements one after another, so that none disturbs another. */
console.log('Durable inserts through SQLite, a second');
console.table(await measureInserts({ inserts: 12_800, report: (name) => console.error(`  ${name} …`) }));
console.log('What each operation asks of PostgreSQL');
console.table(await countStatements());
