import type { RateLimiter, RateLimitVerdict, Sweeper } from '@vestibule/core';
import { openDatabase as openPostgres } from '@vestibule/postgres';
import {
  createMemoryRateLimiter,
  createPostgresRateLimiter,
  createSqliteRateLimiter,
} from '@vestibule/rate-limit';
import { openDatabase as openSqlite, type SqliteDatabase } from '@vestibule/sqlite';
import { NOW } from '@vestibule/testing/now';
import { startPostgres, type TestPostgres } from '@vestibule/testing/postgres';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest';

const limit = { uses: 3, seconds: 60 };

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function windowEndsOf(verdict: RateLimitVerdict): number {
  if (!verdict.allowed) throw new Error('There was no room.');
  return verdict.windowEnds;
}

/** Creates limiters with shared counts, each like one of several processes. */
type Connect = () => Promise<RateLimiter & Sweeper>;

async function sqliteFile(): Promise<Connect> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-rate-limit-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return async () => {
    const database = openSqlite({ path: join(folder, 'a.db') });
    onTestFinished(() => database.close());
    return createSqliteRateLimiter(database);
  };
}

async function postgresDatabase(): Promise<Connect> {
  const url = await postgres.createDatabase();
  return async () => {
    const database = await openPostgres({ url });
    onTestFinished(() => database.close());
    return createPostgresRateLimiter(database);
  };
}

function sqliteInMemory(): SqliteDatabase {
  const database = openSqlite({ path: ':memory:' });
  onTestFinished(() => database.close());
  return database;
}

const makers: [string, () => Promise<RateLimiter>][] = [
  ['in memory', async () => createMemoryRateLimiter()],
  ['on SQLite in memory', async () => createSqliteRateLimiter(sqliteInMemory())],
  ['on SQLite', async () => (await sqliteFile())()],
  ['on PostgreSQL', async () => (await postgresDatabase())()],
];

describe.each(makers)('%s', (_, make) => {
  test('allows what the limit has room for, and says when to come back', async () => {
    const limiter = await make();
    for (let i = 0; i < 3; i += 1) expect(await limiter.consume('a', limit)).toMatchObject({ allowed: true });
    expect(await limiter.consume('a', limit)).toEqual({ allowed: false, retryAfter: 60 });
    expect(await limiter.consume('b', limit)).toMatchObject({ allowed: true });
  });

  test('has room again when the window is over, and not before', async () => {
    const limiter = await make();
    for (let i = 0; i < 4; i += 1) await limiter.consume('a', limit);
    vi.setSystemTime(NOW + 59_500);
    expect(await limiter.consume('a', limit)).toEqual({ allowed: false, retryAfter: 1 });
    vi.setSystemTime(NOW + 60_001);
    expect(await limiter.consume('a', limit)).toMatchObject({ allowed: true });
  });

  test('gives a use back', async () => {
    const limiter = await make();
    for (let i = 0; i < 2; i += 1) await limiter.consume('a', limit);
    await limiter.refund('a', limit, windowEndsOf(await limiter.consume('a', limit)));
    expect(await limiter.consume('a', limit)).toMatchObject({ allowed: true });
    expect(await limiter.consume('a', limit)).toMatchObject({ allowed: false });
  });

  test.each([
    ['before anything is used in the next window', 0],
    ['after others have used the next window', 1],
  ])('a refund that comes too late is no credit, %s', async (_title, usedByOthers) => {
    const limiter = await make();
    const windowEnds = windowEndsOf(await limiter.consume('a', limit));
    expect(windowEnds).toBe(NOW + 60_000);
    vi.setSystemTime(NOW + 60_001);
    for (let i = 0; i < usedByOthers; i += 1) await limiter.consume('a', limit);
    await limiter.refund('a', limit, windowEnds);
    for (let i = usedByOthers; i < 3; i += 1) {
      expect(await limiter.consume('a', limit)).toMatchObject({ allowed: true });
    }
    expect(await limiter.consume('a', limit)).toMatchObject({ allowed: false });
  });

  test('leaves a refund out that might arrive after the end of its window', async () => {
    const limiter = await make();
    const windowEnds = windowEndsOf(await limiter.consume('a', { uses: 1, seconds: 60 }));
    vi.setSystemTime(NOW + 59_500);
    await limiter.refund('a', { uses: 1, seconds: 60 }, windowEnds);
    expect(await limiter.consume('a', { uses: 1, seconds: 60 })).toMatchObject({ allowed: false });
  });

  test('allows exactly as many of many at once', async () => {
    const limiter = await make();
    const verdicts = await Promise.all(Array.from({ length: 50 }, () => limiter.consume('a', limit)));
    expect(verdicts.filter((verdict) => verdict.allowed)).toHaveLength(3);
  });

  test('follows a limit that an operator changes', async () => {
    const limiter = await make();
    for (let i = 0; i < 3; i += 1) await limiter.consume('a', limit);
    expect(await limiter.consume('a', { uses: 0, seconds: 60 })).toMatchObject({ allowed: false });
  });

  test.each(['', '\u0000', '\uD800', '"; DROP TABLE rate_limits; --', 'x'.repeat(10_000)])(
    'takes any key: %j',
    async (key) => {
      const limiter = await make();
      expect(await limiter.consume(key, { uses: 1, seconds: 60 })).toMatchObject({ allowed: true });
      expect(await limiter.consume(key, { uses: 1, seconds: 60 })).toMatchObject({ allowed: false });
    },
  );
});

const shared: [string, () => Promise<Connect>][] = [
  ['on SQLite', sqliteFile],
  ['on PostgreSQL', postgresDatabase],
];

describe.each(shared)('%s', (_, make) => {
  test('counts are shared, outlive a limiter, and are swept when their window is over', async () => {
    const connect = await make();
    for (let i = 0; i < 3; i += 1) await (await connect()).consume('a', limit);
    const limiter = await connect();
    expect(await limiter.consume('a', limit)).toMatchObject({ allowed: false });
    expect(await limiter.sweep(NOW + 60_000, 10)).toBe(0);
    expect(await limiter.sweep(NOW + 60_001, 10)).toBe(1);
  });

  test('allows exactly as many of many at once on three connections', async () => {
    const connect = await make();
    const limiters = [await connect(), await connect(), await connect()];
    const asked = limiters.flatMap((limiter) =>
      Array.from({ length: 20 }, () => limiter.consume('a', limit)),
    );
    const verdicts = await Promise.all(asked);
    expect(verdicts.filter((verdict) => verdict.allowed)).toHaveLength(3);
  });
});

test('keys are kept as hashes', async () => {
  const database = sqliteInMemory();
  await createSqliteRateLimiter(database).consume('sign-in:ada:192.0.2.1', limit);
  const rows = database.prepare<[], { key: string }>('SELECT key FROM rate_limits').all();
  expect(rows).toEqual([{ key: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) }]);
});

test('sweeping SQLite finds what is over anywhere in a large table, in steps, and leaves the rest', async () => {
  const database = sqliteInMemory();
  const limiter = createSqliteRateLimiter(database);
  const expired = new Set([0, 1_500, 2_600, 2_999]);
  for (let i = 0; i < 3_000; i += 1) {
    const values = [String(i).padStart(5, '0'), expired.has(i) ? NOW - 1 : NOW];
    await database.statement('INSERT INTO rate_limits (key, points, expire) VALUES (?, 1, ?)', values);
  }
  const steps: number[] = [];
  while ((steps.at(-1) ?? 1) > 0) steps.push(await limiter.sweep(NOW, 5_000));
  expect(steps).toEqual([1, 1, 2, 0]);
  expect(await limiter.sweep(NOW + 1, 10)).toBe(10);
  expect(database.prepare('SELECT count(*) AS rows FROM rate_limits').all()).toEqual([{ rows: 2_986 }]);
});

test('an outage is an exception, not a verdict', async () => {
  const limiter = createSqliteRateLimiter({ statement: () => Promise.reject(new Error('gone')) });
  await expect(limiter.consume('a', limit)).rejects.toThrow('gone');
});
