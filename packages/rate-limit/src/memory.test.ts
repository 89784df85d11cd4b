import { expect, onTestFinished, test, vi } from 'vitest';
import { createMemoryRateLimiter } from './memory.ts';

const limit = { uses: 2, seconds: 60 };

test('allows what the limit has room for, and counts each key by itself', async () => {
  const limiter = createMemoryRateLimiter();
  expect(await limiter.consume('a', limit)).toMatchObject({ allowed: true });
  const verdict = await limiter.consume('a', limit);
  await limiter.refund('a', limit, verdict.allowed ? verdict.windowEnds : 0);
  expect(await limiter.consume('a', limit)).toMatchObject({ allowed: true });
  expect(await limiter.consume('a', limit)).toMatchObject({ allowed: false });
  expect(await limiter.consume('b', limit)).toMatchObject({ allowed: true });
});

test('a sweep finds no count, because each is deleted when its window ends', async () => {
  const limiter = createMemoryRateLimiter();
  await limiter.consume('a', limit);
  expect(await limiter.sweep(Date.now() + 60_000, 100)).toBe(0);
});

test('forgets the key whose window began first if there are more keys than it may count', async () => {
  const limiter = createMemoryRateLimiter({ maxKeys: 2 });
  for (const key of ['a', 'a', 'b', 'b', 'c']) await limiter.consume(key, limit);
  expect(await limiter.consume('b', limit)).toMatchObject({ allowed: false });
  expect(await limiter.consume('c', limit)).toMatchObject({ allowed: true });
  expect(await limiter.consume('a', limit)).toMatchObject({ allowed: true });
});

test('orders the keys by their newest windows', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const limiter = createMemoryRateLimiter({ maxKeys: 2 });
  await limiter.consume('a', limit);
  await vi.advanceTimersByTimeAsync(30_000);
  await limiter.consume('b', limit);
  await vi.advanceTimersByTimeAsync(30_000);
  for (const key of ['a', 'a', 'c']) await limiter.consume(key, limit);
  expect(await limiter.consume('a', limit)).toMatchObject({ allowed: false });
});
