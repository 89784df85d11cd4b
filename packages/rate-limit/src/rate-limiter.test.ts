import Database from 'better-sqlite3';
import type { RateLimiter } from '@vestibule/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMemoryRateLimiter } from './memory.ts';
import { createSqliteRateLimiter } from './sqlite.ts';

const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);
const limit = { uses: 3, seconds: 60 };

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

const makers: [string, () => RateLimiter][] = [
  ['in memory', createMemoryRateLimiter],
  ['on SQLite', () => createSqliteRateLimiter(new Database(':memory:'))],
];

describe.each(makers)('%s', (_, make) => {
  test('allows what the limit has room for, and says when to come back', async () => {
    const limiter = make();
    for (let i = 0; i < 3; i += 1) expect(await limiter.consume('a', limit)).toEqual({ allowed: true });
    expect(await limiter.consume('a', limit)).toEqual({ allowed: false, retryAfter: 60 });
    expect(await limiter.consume('b', limit)).toEqual({ allowed: true });
  });

  test('has room again when the window is over, and not before', async () => {
    const limiter = make();
    for (let i = 0; i < 4; i += 1) await limiter.consume('a', limit);
    vi.setSystemTime(NOW + 59_500);
    expect(await limiter.consume('a', limit)).toEqual({ allowed: false, retryAfter: 1 });
    vi.setSystemTime(NOW + 60_001);
    expect(await limiter.consume('a', limit)).toEqual({ allowed: true });
  });

  test('gives a use back', async () => {
    const limiter = make();
    for (let i = 0; i < 3; i += 1) await limiter.consume('a', limit);
    await limiter.refund('a', limit);
    expect(await limiter.consume('a', limit)).toEqual({ allowed: true });
    expect(await limiter.consume('a', limit)).toMatchObject({ allowed: false });
  });

  test('allows exactly as many of many at once', async () => {
    const limiter = make();
    const verdicts = await Promise.all(Array.from({ length: 50 }, () => limiter.consume('a', limit)));
    expect(verdicts.filter((verdict) => verdict.allowed)).toHaveLength(3);
  });

  test('follows a limit that an operator changes', async () => {
    const limiter = make();
    for (let i = 0; i < 3; i += 1) await limiter.consume('a', limit);
    expect(await limiter.consume('a', { uses: 0, seconds: 60 })).toMatchObject({ allowed: false });
  });
});

describe('on SQLite', () => {
  test('counts outlive the limiter, and are swept when their window is over', async () => {
    const connection = new Database(':memory:');
    for (let i = 0; i < 3; i += 1) await createSqliteRateLimiter(connection).consume('a', limit);
    const limiter = createSqliteRateLimiter(connection);
    expect(await limiter.consume('a', limit)).toMatchObject({ allowed: false });
    expect(await limiter.sweep(NOW + 60_000, 10)).toBe(0);
    expect(await limiter.sweep(NOW + 60_001, 10)).toBe(1);
  });

  test('an outage is an exception, not a verdict', async () => {
    const connection = new Database(':memory:');
    const limiter = createSqliteRateLimiter(connection);
    connection.close();
    await expect(limiter.consume('a', limit)).rejects.toThrow(/not open/);
  });
});
