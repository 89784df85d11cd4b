import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { createScheduler } from './scheduler.ts';
import { createVirtualLimiter } from './virtual-limiter.ts';

test('the same seed results in the same choices, and another one in others', () => {
  const choices = (...seeds: number[]) => {
    const random = createRandom(...seeds);
    return Array.from({ length: 20 }, () => random.below(1_000));
  };
  expect(choices(4, 1)).toEqual(choices(4, 1));
  expect(choices(4, 1)).not.toEqual(choices(4, 2));
});

/** The order in which three tasks of three turns each do their work. */
async function orderOf(seed: number): Promise<string> {
  const done: string[] = [];
  const scheduler = createScheduler(() => undefined);
  const task = (name: string) => async () => {
    for (let turn = 1; turn <= 3; turn += 1) {
      await scheduler.turn();
      // What takes time outside of the turns does not change their order.
      await crypto.subtle.digest('SHA-256', new Uint8Array(1_000 * turn));
      done.push(`${name}${turn}`);
    }
  };
  await scheduler.run([task('a'), task('b'), task('c')], createRandom(seed));
  return done.join(' ');
}

test('tasks take turns in an order that depends on the seed alone', async () => {
  expect(await orderOf(3)).toBe(await orderOf(3));
  const orders = await Promise.all([1, 2, 3, 4, 5, 6].map(orderOf));
  expect(new Set(orders).size).toBeGreaterThan(3);
});

test('work in the background has turns of its own, and tasks do not wait for it', async () => {
  const done: string[] = [];
  const scheduler = createScheduler(() => undefined);
  const task = async () => {
    void scheduler.background(async () => {
      expect(scheduler.current()).toBeUndefined();
      await scheduler.turn();
      done.push('background');
    });
    await scheduler.turn();
    done.push('task');
  };
  await scheduler.run([task], createRandom(5));
  expect(done).toContain('task');
  await scheduler.settle(createRandom(5));
  expect(done.toSorted()).toEqual(['background', 'task']);
});

test('the limiter counts in windows of the virtual time, and a refund changes only the window that counted it', async () => {
  let now = 0;
  const limiter = createVirtualLimiter(() => now);
  const limit = { uses: 1, seconds: 60 };
  expect(await limiter.consume('a', limit)).toEqual({ allowed: true, windowEnds: 60_000 });
  expect(await limiter.consume('a', limit)).toEqual({ allowed: false, retryAfter: 60 });
  now = 60_000;
  expect(await limiter.consume('a', limit)).toMatchObject({ allowed: true });
  await limiter.refund('a', limit, 60_000);
  expect(await limiter.consume('a', limit)).toMatchObject({ allowed: false });
  await limiter.refund('a', limit, 120_000);
  expect(await limiter.consume('a', limit)).toMatchObject({ allowed: true });
});
