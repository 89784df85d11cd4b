import { type OwnPostgres, startOwnPostgres } from '@vestibule/testing/own-postgres';
import { freePort } from '@vestibule/testing/port';
import { startPostgresPair } from '@vestibule/testing/postgres-pair';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Database, type DatabaseOptions, openDatabase } from '../src/index.ts';
import { startProxy } from './support/proxy.ts';

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );

const unavailable = (code: string) => ({ code: 'STORE_UNAVAILABLE', cause: { code } });

async function open(url: string, options: Partial<DatabaseOptions> = {}): Promise<Database> {
  const database = await openDatabase({ ...options, url });
  onTestFinished(() => database.close());
  return database;
}

/** The same with another host and port, or with several. */
const at = (url: string, ...hosts: readonly string[]): string => url.replace(/(?<=@)[^/]*/, hosts.join(','));

const hostOf = (url: string): string => /@([^/]*)/.exec(url)?.[1] ?? '';

const write = { text: 'INSERT INTO written DEFAULT VALUES' };
const count = { text: 'SELECT count(*)::integer AS count FROM written', reads: true };

/** Has several connections, which are idle afterwards. Returns their processes. */
async function idle(database: Database, connections: number): Promise<readonly number[]> {
  const asked = Array.from({ length: connections }, () =>
    database.query<{ readonly pid: number }>({ text: 'SELECT pg_backend_pid() AS pid, pg_sleep(0.05)' }),
  );
  const pids = (await Promise.all(asked)).flatMap(({ rows }) => rows.map(({ pid }) => pid));
  expect(new Set(pids).size).toBe(connections);
  return pids;
}

test('the host that accepts writes is used, wherever it is in the URL and whatever becomes of the others', async () => {
  const pair = await startPostgresPair();
  onTestFinished(() => pair.remove());
  const closed = `localhost:${await freePort()}`;
  const standbyFirst = at(pair.url, closed, hostOf(pair.standby), hostOf(pair.primary));
  const first = await open(pair.url);
  const second = await open(standbyFirst);
  await first.query({ text: 'CREATE TABLE written (id bigint GENERATED ALWAYS AS IDENTITY)' });
  await second.query(write);
  await second.ping();
  await Promise.all([idle(first, 3), idle(second, 3)]);
  const standbyAlone = `${pair.standby}?target_session_attrs=read-write`;
  expect(await failureOf(openDatabase({ url: standbyAlone }))).toMatchObject(unavailable('25006'));

  await pair.killPrimary();
  // The standby could be read, but what it has may be old.
  for (const database of [first, second]) {
    const works = [() => database.query(write), () => database.query(count), () => database.ping()];
    for (const work of works) expect(await failureOf(work())).toMatchObject({ code: 'STORE_UNAVAILABLE' });
  }
  expect(await failureOf(openDatabase({ url: pair.url }))).toMatchObject(unavailable('ECONNREFUSED'));

  await pair.promote();
  await first.query(write);
  await second.ping();
  expect((await second.query(count)).rows).toEqual([{ count: 2 }]);
  await open(standbyFirst);
});

test('a write that no standby has is not reported as done, although the timeout of statements has passed', async () => {
  const pair = await startPostgresPair();
  onTestFinished(() => pair.remove());
  const database = await open(pair.url, { statementTimeout: 100 });
  await database.query({ text: 'CREATE TABLE written (id bigint GENERATED ALWAYS AS IDENTITY)' });
  await pair.stopStandby();
  const writes = [
    () => database.query(write),
    () => database.transaction((transaction) => transaction.query(write)),
  ];
  for (const work of writes) {
    expect(await failureOf(work())).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      cause: { message: 'Query read timeout' },
    });
  }
  expect((await database.query(count)).rows).toEqual([{ count: 0 }]);
});

describe('one server', () => {
  let postgres: OwnPostgres;
  beforeAll(async () => {
    postgres = await startOwnPostgres();
  });
  afterAll(() => postgres.remove());

  test('concurrent checks need one connection', async () => {
    const names: string[] = [];
    const database = await open(postgres.url, { onStatement: ({ name }) => void names.push(name) });
    await Promise.all(Array.from({ length: 50 }, () => database.ping()));
    await database.ping();
    expect(names.filter((name) => name === 'ping')).toHaveLength(2);
  });

  test('a host that refuses the user is not passed over', async () => {
    const closed = `localhost:${await freePort()}`;
    const wrong = postgres.url.replace('postgres:postgres@', 'postgres:sesame@');
    const url = at(wrong, closed, hostOf(postgres.url), closed);
    expect(await failureOf(openDatabase({ url }))).toMatchObject({ code: '28P01' });
  });

  test.each([
    ['a write', (database: Database) => database.query({ text: 'CREATE TABLE unwritten ()' })],
    ['a check', (database: Database) => database.ping()],
  ])('after %s that finds a read-only server no connection to it is used again', async (_, find) => {
    const database = await open(postgres.url);
    const before = await idle(database, 3);
    const administrator = new Client(postgres.url);
    await administrator.connect();
    onTestFinished(() => administrator.end());
    await administrator.query('SET default_transaction_read_only = off');
    const setReadOnly = async (value: string): Promise<void> => {
      await administrator.query(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
      await administrator.query('SELECT pg_reload_conf()');
    };
    await setReadOnly('on');
    const isSeen = async (): Promise<boolean> => {
      const setting = { text: 'SHOW default_transaction_read_only', reads: true };
      const { rows } = await database.query<{ readonly default_transaction_read_only: string }>(setting);
      return rows[0]?.default_transaction_read_only === 'on';
    };
    while (!(await isSeen()));
    expect(await failureOf(find(database))).toMatchObject(unavailable('25006'));
    await setReadOnly('off');
    const after = await idle(database, 3);
    expect(after.filter((pid) => before.includes(pid))).toEqual([]);
  });

  test('after one statement that a vanished server did not respond to no connection to it is used again', async () => {
    const proxy = await startProxy(postgres.url);
    onTestFinished(() => proxy.close());
    const database = await openDatabase({ url: proxy.url, statementTimeout: 100 });
    await idle(database, 3);
    proxy.strand();
    expect(await failureOf(database.ping())).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await database.ping();
    await idle(database, 3);
    await database.close();
  });
});
