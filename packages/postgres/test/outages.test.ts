import { isStoreUnavailable } from '@vestibule/core';
import type { Stores } from '@vestibule/server';
import { type OwnPostgres, startOwnPostgres } from '@vestibule/testing/own-postgres';
import { inspect } from 'node:util';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createPostgresStores, type Database, openDatabase, type StatementEvent } from '../src/index.ts';
import { fill, readAll } from './support/filled.ts';
import { NOW, rotation } from './support/family.ts';
import { startProxy } from './support/proxy.ts';

let postgres: OwnPostgres;
let database: Database;
let stores: Stores;
let told: StatementEvent[];

beforeAll(async () => {
  postgres = await startOwnPostgres();
  database = await openDatabase({ url: postgres.url });
  await fill(createPostgresStores(database));
  await database.close();
});
afterAll(() => postgres.remove());

beforeEach(async () => {
  told = [];
  database = await openDatabase({ url: postgres.url, onStatement: (event) => void told.push(event) });
  stores = createPostgresStores(database);
});
afterEach(() => database.close());

const failure = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return `came to ${inspect(await work)}`;
  } catch (error) {
    return error;
  }
};

/** A separate connection of the test. */
async function withClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: postgres.url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function untilWaiting(client: Client): Promise<readonly number[]> {
  for (;;) {
    const { rows } = await client.query<{ readonly pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return rows.map(({ pid }) => pid);
  }
}

const unavailable = { code: 'STORE_UNAVAILABLE', retryAfter: 1 };

test('while the database is away everything is unavailable, and when it is back everything works', async () => {
  const before = await readAll(stores);
  await postgres.stop();
  const errors = [
    await failure(database.ping()),
    await failure(stores.realms.list()),
    await failure(stores.codes.take('main', 'k', NOW)),
    await failure(stores.grants.rotate(rotation('r2', 'r3'))),
    await failure(stores.grants.listOf('main', 'ada', NOW)),
    await failure(stores.keys.remove('main', 'k1')),
    await failure(stores.pushedRequests.take('main', 'p', NOW)),
    await failure(stores.replays.note('main', 'proof', NOW)),
    await failure(stores.revokedTokens.has('main', 'token')),
    await failure(stores.sweep(NOW, 10)),
    await failure(openDatabase({ url: postgres.url })),
  ];
  await postgres.start();
  const message = 'The database cannot be reached or cannot do its work just now.';
  for (const error of errors) {
    expect(error).toMatchObject({ ...unavailable, message });
    expect(isStoreUnavailable(error)).toBe(true);
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(
      /postgres:postgres|postgres:\/\//,
    );
  }
  expect(await readAll(stores)).toEqual(before);
});

test('a database that may only be read is not ready, and what is read from it is there', async () => {
  const url = new URL(postgres.url);
  url.searchParams.set('options', '-c default_transaction_read_only=on');
  const readOnly = await openDatabase({ url: url.href });
  onTestFinished(() => readOnly.close());
  expect(await failure(readOnly.ping())).toMatchObject(unavailable);
  const { codes, realms } = createPostgresStores(readOnly);
  expect(await failure(codes.take('main', 'k', NOW))).toMatchObject(unavailable);
  expect(await realms.list()).toEqual(await stores.realms.list());
});

test('connections that were idle when the database went are not in the way', async () => {
  await Promise.all(Array.from({ length: 10 }, () => database.ping()));
  await postgres.stop();
  await postgres.start();
  expect(await stores.codes.put('main', 'after', { ...code }, NOW + 1)).toBe('stored');
  expect(await stores.codes.take('main', 'after', NOW)).toEqual(code);
});

test('what was under way when the database went is not half done', async () => {
  const outcomes = await withClient(async (client) => {
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM grants FOR UPDATE');
    return withClient(async (other) => {
      const rotating = failure(stores.grants.rotate(rotation('r2', 'r3')));
      // Two that begin together would be one statement.
      await untilWaiting(other);
      const replaying = failure(stores.grants.rotate(rotation('g', 'r9', NOW + 20_000)));
      let waiting: readonly number[] = [];
      while (waiting.length < 2) waiting = await untilWaiting(other);
      // As a server that stops does, but with the lock held until both are closed.
      await other.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [waiting]);
      return Promise.all([rotating, replaying]);
    });
  });
  await postgres.stop();
  await postgres.start();
  expect(outcomes).toEqual([expect.objectContaining(unavailable), expect.objectContaining(unavailable)]);
  expect(await stores.grants.rotate(rotation('r2', 'r3'))).toEqual({ outcome: 'rotated' });
  expect(await stores.grants.findByRefreshToken('main', 'r9')).toBeUndefined();
});

test.each([
  ['a read whose connection is lost is retried once', true, ['57P01', undefined]],
  ['a write whose connection is lost is not', false, ['57P01']],
])('%s', async (_, reads, codes) => {
  await withClient(async (client) => {
    await client.query('SELECT pg_advisory_lock(1)');
    const statement = { name: 'waits', text: 'SELECT pg_advisory_xact_lock(1)', reads };
    const answer = failure(database.query(statement));
    const pids = await untilWaiting(client);
    await client.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids]);
    await client.query('SELECT pg_advisory_unlock(1)');
    if (reads) expect(await answer).toMatch(/^came to/);
    else expect(await answer).toMatchObject(unavailable);
  });
  const tries = told.filter(({ name }) => name === 'waits');
  expect(
    tries.map(({ error }) => (error instanceof Error && 'code' in error ? error.code : undefined)),
  ).toEqual(codes);
});

test('a statement that takes too long is given up', async () => {
  const hasty = await openDatabase({ url: postgres.url, statementTimeout: 50 });
  await withClient(async (client) => {
    await client.query('BEGIN; LOCK TABLE codes');
    const error = await failure(createPostgresStores(hasty).codes.take('main', 'k', NOW));
    expect(error).toMatchObject({ ...unavailable, cause: { code: '57014' } });
  });
  await hasty.ping();
  await hasty.close();
});

test('waiting for a connection ends', async () => {
  const narrow = await openDatabase({ url: postgres.url, maxConnections: 1, connectTimeout: 2_000 });
  await withClient(async (client) => {
    await client.query('SELECT pg_advisory_lock(1)');
    const holder = narrow.query({ text: 'SELECT pg_advisory_xact_lock(1)' });
    await untilWaiting(client);
    expect(await failure(narrow.ping())).toMatchObject(unavailable);
    await client.query('SELECT pg_advisory_unlock(1)');
    await holder;
  });
  await narrow.ping();
  await narrow.close();
});

test('a network that falls silent is an outage too, and passes', async () => {
  const proxy = await startProxy(postgres.url);
  const timeouts = { connectTimeout: 2_000, statementTimeout: 50 };
  const far = await openDatabase({ url: proxy.url, ...timeouts });
  proxy.silence();
  expect(await failure(far.ping())).toMatchObject(unavailable);
  expect(await failure(createPostgresStores(far).codes.take('main', 'k', NOW))).toMatchObject(unavailable);
  expect(await failure(openDatabase({ url: proxy.url, ...timeouts }))).toMatchObject(unavailable);
  proxy.restore();
  await far.ping();
  await far.close();
  await proxy.close();
});

test('a database that refuses the password says so, without the password', async () => {
  const wrong = postgres.url.replace('postgres:postgres@', 'postgres:sesame@');
  const error = await failure(openDatabase({ url: wrong }));
  expect(error).toMatchObject({ code: '28P01', message: /password authentication failed/ });
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('sesame');
});

test.each([
  ['refuses new connections', 'ALTER DATABASE shut ALLOW_CONNECTIONS false'],
  ['has another name', 'ALTER DATABASE shut RENAME TO moved'],
])('a database that %s is away, for those who were in it', async (_, change) => {
  const url = new URL(postgres.url);
  const administrator = new Client(url.href);
  await administrator.connect();
  await administrator.query('CREATE DATABASE shut');
  url.pathname = 'shut';
  const opened = await openDatabase({ url: url.href });
  onTestFinished(async () => {
    await opened.close();
    await administrator.query('DROP DATABASE IF EXISTS shut WITH (FORCE)');
    await administrator.query('DROP DATABASE IF EXISTS moved WITH (FORCE)');
    await administrator.end();
  });
  const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shut'`;
  if (change.includes('RENAME')) await administrator.query('ALTER DATABASE shut ALLOW_CONNECTIONS false');
  await administrator.query(end);
  for (;;) {
    const { rows } = await administrator.query(`SELECT 1 FROM pg_stat_activity WHERE datname = 'shut'`);
    if (rows.length === 0) break;
  }
  await administrator.query(change);
  expect(await failure(createPostgresStores(opened).realms.list())).toMatchObject(unavailable);
});

test('a database that cannot keep every letter is refused', async () => {
  const url = new URL(postgres.url);
  const administrator = new Client(url.href);
  await administrator.connect();
  onTestFinished(() => administrator.end());
  await administrator.query(`CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
  url.pathname = 'latin';
  await expect(openDatabase({ url: url.href })).rejects.toThrow(/keeps text as LATIN1.*ENCODING 'UTF8'/);
});

const code = {
  grantId: 'g',
  clientId: 'app',
  subject: 'ada',
  redirectUri: 'https://app.example/cb',
  refreshable: true,
  codeChallenge: 'c',
  resource: 'https://a.example',
  scopes: [],
  authentication: { at: NOW, methods: [] },
};
