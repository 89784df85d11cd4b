import { expect, test } from 'vitest';
import { createSharedTasks } from './shared-tasks.ts';

test('callers with one key share a task while it runs, and the next one begins another', async () => {
  const tasks = createSharedTasks<number>(() => true);
  let begun = 0;
  const end = Promise.withResolvers<void>();
  const begin = async (): Promise<number> => {
    begun += 1;
    const number = begun;
    await end.promise;
    return number;
  };
  const all = ['a', 'a', 'b'].map((key) => tasks.share(key, begin));
  end.resolve();
  expect(await Promise.all(all)).toEqual([1, 1, 2]);
  expect(await tasks.share('a', begin)).toBe(3);
});

test('a caller with a result of another that cannot be shared begins a task of its own', async () => {
  const tasks = createSharedTasks<string>((result) => result !== 'limited');
  const all = ['limited', 'good', 'limited'].map((result) => tasks.share('a', async () => result));
  expect(await Promise.all(all)).toEqual(['limited', 'good', 'limited']);
});

test('a task that fails fails for all who share it, and the next one begins another', async () => {
  const tasks = createSharedTasks<string>(() => true);
  const fail = (): Promise<string> => Promise.reject(new Error('the database is down'));
  const both = [tasks.share('a', fail), tasks.share('a', fail)];
  for (const result of both) await expect(result).rejects.toThrow('the database is down');
  expect(await tasks.share('a', async () => 'good')).toBe('good');
});
