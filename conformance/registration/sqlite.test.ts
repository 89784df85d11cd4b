import { keptInSqlite } from './support/databases.ts';
import { openExpress } from './support/express.ts';
import { everyTable } from './tables/all.ts';

everyTable(async () => openExpress(await keptInSqlite()));
