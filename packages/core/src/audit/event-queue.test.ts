import { expect, test } from 'vitest';
import type { AuditEvent } from './event.ts';
import { createEventQueue } from './event-queue.ts';

const event = (at: number): AuditEvent => ({ type: 'gate.closed', realm: 'main', at, gate: 'realm' });

/** A queue whose batches are recorded when the test says so. */
function setUp(limits: { readonly batch?: number; readonly most?: number } = {}) {
  const begun: (readonly number[])[] = [];
  const lost: number[] = [];
  const ends: { readonly done: () => void; readonly failed: () => void }[] = [];
  const queue = createEventQueue({
    append: (events) => {
      begun.push(events.map(({ at }) => at));
      return new Promise((resolve, reject) =>
        ends.push({ done: resolve, failed: () => reject(new Error('disk full')) }),
      );
    },
    onLost: (events) => lost.push(...events.map(({ at }) => at)),
    ...limits,
  });
  const next = (): (typeof ends)[number] => {
    const end = ends.shift();
    if (end === undefined) throw new Error('No batch is being recorded.');
    return end;
  };
  return { queue, begun, lost, next };
}

test('adding an event does not wait for its record, and the next batch gathers meanwhile', async () => {
  const { queue, begun, next } = setUp();
  for (const at of [1, 2, 3]) await queue.add(event(at));
  expect(begun).toEqual([[1]]);
  next().done();
  await expect.poll(() => begun).toEqual([[1], [2, 3]]);
  next().done();
  await queue.settled();
});

test('a batch has a largest size', async () => {
  const { queue, begun, next } = setUp({ batch: 2 });
  for (const at of [1, 2, 3, 4]) await queue.add(event(at));
  for (const expected of [[[1]], [[1], [2, 3]], [[1], [2, 3], [4]]]) {
    await expect.poll(() => begun).toEqual(expected);
    next().done();
  }
  await queue.settled();
});

test('adding an event waits if very many are waiting', async () => {
  const { queue, begun, next } = setUp({ most: 2 });
  await queue.add(event(1));
  await queue.add(event(2));
  let isAdded = false;
  const added = queue.add(event(3)).then(() => (isAdded = true));
  await Promise.resolve();
  expect(isAdded).toBe(false);
  next().done();
  await expect.poll(() => begun).toEqual([[1], [2, 3]]);
  next().done();
  await added;
});

test('events that cannot be recorded are reported, and later ones are recorded', async () => {
  const { queue, begun, lost, next } = setUp();
  await queue.add(event(1));
  await queue.add(event(2));
  next().failed();
  await expect.poll(() => begun).toEqual([[1], [2]]);
  next().done();
  await queue.settled();
  expect(lost).toEqual([1]);
});
