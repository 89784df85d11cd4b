import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { inject } from 'vitest';

type Row = Readonly<Record<string, unknown>>;

/** An empty schema of a real database, which works like its own database. */
export interface Schema {
  readonly url: string;
  /** Queries the database directly, always over the same connection. */
  sql(text: string): Promise<readonly Row[]>;
  /** Resolves when the given number of statements with this beginning wait for a lock. */
  untilWaiting(beginning: string, count?: number): Promise<void>;
  drop(): Promise<void>;
}

/** Creates a schema. @param settings for every connection to it, as in `default_transaction_isolation=serializable` */
export async function createSchema(...settings: readonly string[]): Promise<Schema> {
  const name = `s_${randomBytes(8).toString('hex')}`;
  const url = new URL(inject('databaseUrl'));
  const options = [`search_path=${name}`, ...settings].map((setting) => `-c ${setting}`).join(' ');
  url.search = `?options=${encodeURIComponent(options)}&application_name=${name}`;
  const administrator = openPool(url.href);
  // A transaction keeps its first view of the activity, so watching needs a separate connection.
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
