import { expect, test } from 'vitest';
import { sharedRead } from './shared-read.ts';

/** Something that is read, and how often. */
function setUp() {
  let stored = 'first';
  let reads = 0;
  const read = sharedRead(async (key) => {
    reads += 1;
    return `${key}: ${stored}`;
  });
  return { read, store: (value: string) => void (stored = value), reads: () => reads };
}

test('callers of one turn share a read for each key', async () => {
  const { read, reads } = setUp();
  expect(await Promise.all([read('a'), read('b'), read('a')])).toEqual(['a: first', 'b: first', 'a: first']);
  expect(reads()).toBe(2);
});

test('a caller sees what was stored before it asked, also while an earlier read is under way', async () => {
  const { store, ...rest } = setUp();
  const answers: PromiseWithResolvers<void>[] = [];
  const read = sharedRead(async (key) => {
    const seen = await rest.read(key);
    const answer = Promise.withResolvers<void>();
    answers.push(answer);
    await answer.promise;
    return seen;
  });
  const untilRead = async (count: number) => {
    while (answers.length < count) await new Promise(setImmediate);
  };
  const earlier = read('a');
  await untilRead(1);
  store('second');
  const later = read('a');
  await untilRead(2);
  for (const { resolve } of answers) resolve();
  expect([await earlier, await later]).toEqual(['a: first', 'a: second']);
});

test('a read that fails fails for its callers alone, and the next one begins anew', async () => {
  let isDown = true;
  const read = sharedRead(async () => {
    if (isDown) throw new Error('down');
    return 'up';
  });
  expect(await Promise.allSettled([read('a'), read('a')])).toMatchObject([
    { status: 'rejected' },
    { status: 'rejected' },
  ]);
  isDown = false;
  expect(await read('a')).toBe('up');
});
