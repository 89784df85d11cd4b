import { expect, test } from 'vitest';
import { createSignInQueue, type SignInQueueOptions } from './sign-in-queue.ts';

const STAYS = new AbortController().signal;

/** A queue, and work in it that ends when the test says so. */
function counted(options: SignInQueueOptions) {
  const queue = createSignInQueue(options);
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const attempt = (name: string, { network = name, isKnown = false, signal = STAYS } = {}) =>
    queue.run({ network, isKnown }, signal, async () => {
      started.push(name);
      await new Promise<void>((resolve) => void ends.set(name, resolve));
      return name;
    });
  const end = async (name: string, attempted: Promise<unknown>): Promise<void> => {
    ends.get(name)?.();
    await attempted;
  };
  return { queue, started, attempt, end };
}

test('so many attempts run at once, and the others wait for their turn', async () => {
  const { started, attempt, end } = counted({ atOnce: 2 });
  const [a, b, c] = ['a', 'b', 'c'].map((name) => attempt(name));
  await Promise.resolve();
  expect(started).toEqual(['a', 'b']);
  await end('a', a ?? Promise.reject());
  expect(started).toEqual(['a', 'b', 'c']);
  await end('b', b ?? Promise.reject());
  await end('c', c ?? Promise.reject());
  expect(await c).toEqual({ outcome: 'done', value: 'c' });
});

test('refuses attempts beyond its length at once, with the time of a retry', async () => {
  const { started, attempt, end } = counted({ atOnce: 1, length: 1, retryAfter: 7 });
  const running = attempt('running');
  const waiting = attempt('waiting');
  expect(await attempt('too many')).toEqual({ outcome: 'full', retryAfter: 7 });
  await end('running', running);
  await end('waiting', waiting);
  expect(started).toEqual(['running', 'waiting']);
});

test('rejects an attempt that has to make room', async () => {
  const { attempt, end } = counted({ atOnce: 1, length: 2 });
  const running = attempt('running');
  const first = attempt('first', { network: 'flood' });
  const second = attempt('second', { network: 'flood' });
  const person = attempt('person');
  expect(await second).toMatchObject({ outcome: 'full' });
  await end('running', running);
  await end('first', first);
  await end('person', person);
  expect(await person).toMatchObject({ outcome: 'done' });
});

test('work is not done for a browser that went away while it waited', async () => {
  const { started, attempt, end } = counted({ atOnce: 1, length: 1 });
  const browser = new AbortController();
  const running = attempt('running');
  const gone = attempt('gone', { signal: browser.signal });
  browser.abort();
  expect(await gone).toEqual({ outcome: 'left' });
  const next = attempt('next');
  await end('running', running);
  await end('next', next);
  expect(await attempt('gone before', { signal: browser.signal })).toEqual({ outcome: 'left' });
  expect(started).toEqual(['running', 'next']);
});

test('work that fails passes its turn on', async () => {
  const { queue } = counted({ atOnce: 1 });
  const place = { network: 'a', isKnown: false };
  await expect(
    queue.run(place, STAYS, async () => {
      throw new Error('an outage');
    }),
  ).rejects.toThrow('an outage');
  expect(await queue.run(place, STAYS, async () => 'ran')).toEqual({ outcome: 'done', value: 'ran' });
});
