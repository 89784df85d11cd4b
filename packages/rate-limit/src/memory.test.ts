import { expect, test } from 'vitest';
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
