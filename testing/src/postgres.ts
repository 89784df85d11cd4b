import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startOwnPostgres } from './own-postgres.ts';

/** A PostgreSQL in which tests create databases. */
export interface TestPostgres {
  /** Creates an empty database and returns its URL. */
  createDatabase(): Promise<string>;
  /** Drops the created databases, and stops the server if it was started for this. */
  stop(): Promise<void>;
}

/** The PostgreSQL at `DATABASE_URL` if that is set, otherwise one from npm that is started for this. */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['DATABASE_URL'];
  const isGiven = given !== undefined && /^postgres(?:ql)?:/.test(given);
  const own = isGiven ? undefined : await startOwnPostgres();
  const url = own?.url ?? given ?? '';
  const administrator = new pg.Pool({ connectionString: url, max: 1 });
  // If the server stops first, an idle connection reports an error, which is not a failure.
  administrator.on('error', () => undefined);
  const made: string[] = [];
  return {
    async createDatabase() {
      const name = `vestibule_test_${randomBytes(8).toString('hex')}`;
      await administrator.query(`CREATE DATABASE ${name}`);
      made.push(name);
      const database = new URL(url);
      database.pathname = name;
      return database.href;
    },
    async stop() {
      if (own === undefined) {
        for (const name of made) await administrator.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }
      await administrator.end();
      await own?.remove();
    },
  };
}
