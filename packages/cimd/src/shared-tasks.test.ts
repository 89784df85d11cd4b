import { expect, test } from 'vitest';
import { createSharedTasks } from './shared-tasks.ts';

test('callers with one key share a task while it runs, and the next one begins another', async () => {
  const tasks = createSharedTasks<number>();
  let begun = 0;
  const end = Promise.withResolvers<void>();
  const begin = async (): Promise<number> => {
    begun += 1;
    const number = begun;
    await end.promise;
    return number;
  };
  const first = tasks.share('a', begin);
  const second = tasks.share('a', begin);
  const other = tasks.share('b', begin);
  expect([first.isOwn, second.isOwn, other.isOwn]).toEqual([true, false, true]);
  end.resolve();
  expect(await Promise.all([first.result, second.result, other.result])).toEqual([1, 1, 2]);
  const next = tasks.share('a', begin);
  expect(next.isOwn).toBe(true);
  expect(await next.result).toBe(3);
});

test('a task that fails fails for all who share it, and the next one begins another', async () => {
  const tasks = createSharedTasks<string>();
  const fail = (): Promise<string> => Promise.reject(new Error('the database is down'));
  const both = [tasks.share('a', fail), tasks.share('a', fail)];
  for (const { result } of both) await expect(result).rejects.toThrow('the database is down');
  expect(await tasks.share('a', async () => 'good').result).toBe('good');
});
