import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { inject } from 'vitest';

type Row = Readonly<Record<string, unknown>>;

/** An empty schema of a real database: as good as a database of its own. */
export interface Schema {
  readonly url: string;
  /** Asks the database itself, past everything that is tested, always over the same connection. */
  sql(text: string): Promise<readonly Row[]>;
  /** Resolves once so many statements that begin so wait for a lock. */
  untilWaiting(beginning: string, count?: number): Promise<void>;
  drop(): Promise<void>;
}

/** Makes a schema. @param settings for every connection to it, as in `default_transaction_isolation=serializable` */
export async function createSchema(...settings: readonly string[]): Promise<Schema> {
  const name = `s_${randomBytes(8).toString('hex')}`;
  const url = new URL(inject('databaseUrl'));
  const options = [`search_path=${name}`, ...settings].map((setting) => `-c ${setting}`).join(' ');
  url.search = `?options=${encodeURIComponent(options)}&application_name=${name}`;
  const administrator = openPool(url.href);
  // A transaction keeps the picture of the activity that it had first, so looking on takes a connection of its own.
  const watcher = openPool(url.href);
  await administrator.query(`CREATE SCHEMA ${name}`);
  return {
    url: url.href,
    sql: async (text) => (await administrator.query(text)).rows,
    untilWaiting: async (beginning, count = 1) => {
      for (let waiting = 0; waiting < count;) {
        const { rowCount } = await watcher.query(
          `SELECT 1 FROM pg_stat_activity
           WHERE application_name = $1 AND wait_event_type = 'Lock' AND starts_with(ltrim(query, E' \\n'), $2)`,
          [name, beginning],
        );
        waiting = rowCount ?? 0;
      }
    },
    drop: async () => {
      await administrator.query(`DROP SCHEMA ${name} CASCADE`);
      await Promise.all([administrator, watcher].map((pool) => pool.end()));
    },
  };
}

const openPool = (connectionString: string): Pool => new Pool({ connectionString, max: 1 });
