import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openDatabaseWith } from '../src/database/open.ts';
import { openDatabase } from '../src/index.ts';
import { type Migration, MIGRATIONS } from '../src/schema/migrations.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;

beforeEach(async () => {
  schema = await createSchema();
});
afterEach(() => schema.drop());

test('a migration takes as long as it takes', async () => {
  // Longer than the timeouts of the server and of the client.
  const slow: Migration = { sql: 'SELECT pg_sleep(1.2)', compatibleFrom: 1 };
  const migrations = [...MIGRATIONS, slow];
  const database = await openDatabaseWith(migrations, { url: schema.url, statementTimeout: 50 });
  onTestFinished(() => database.close());
  expect(await schema.sql('SELECT version FROM schema_version')).toEqual([{ version: migrations.length }]);
});

test('a transaction that was left open is ended, and its connection is not used again', async ({
  signal,
}) => {
  const database = await openDatabase({ url: schema.url, statementTimeout: 50, maxConnections: 1 });
  onTestFinished(() => database.close());
  const left = database.transaction(async (transaction) => {
    const { rows } = await transaction.query<{ readonly pid: number }>({
      text: 'SELECT pg_backend_pid() AS pid',
    });
    const connection = `SELECT 1 FROM pg_stat_activity WHERE pid = ${rows[0]?.pid}`;
    while (!signal.aborted && (await schema.sql(connection)).length > 0);
    await transaction.query({ text: 'SELECT 1' });
  });
  await expect(left).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  await database.ping();
});

test('a patient transaction may be left open', async () => {
  const database = await openDatabase({ url: schema.url, statementTimeout: 50 });
  onTestFinished(() => database.close());
  const setting = { text: 'SHOW idle_in_transaction_session_timeout' };
  const work = database.transaction((transaction) => transaction.query<object>(setting), { patient: true });
  expect((await work).rows).toEqual([{ idle_in_transaction_session_timeout: '0' }]);
});

test('what finds too much waiting fails at once as an outage, and what waits is done', async () => {
  const database = await openDatabase({ url: schema.url, maxConnections: 1, maxWaiting: 3 });
  onTestFinished(() => database.close());
  const one = { text: 'SELECT 1' };
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => database.query(one)));
  expect(outcomes.map(({ status }) => status)).toEqual([
    ...Array<string>(3).fill('fulfilled'),
    ...Array<string>(2).fill('rejected'),
  ]);
  expect(outcomes[3]).toMatchObject({ reason: { code: 'STORE_UNAVAILABLE' } });
  await database.ping();
});
