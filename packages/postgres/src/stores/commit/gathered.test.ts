import { expect, test } from 'vitest';
import { gathered, type Reach } from './gathered.ts';

const AN_ERROR = new Error('it failed');

interface Run {
  readonly items: readonly string[];
  readonly end: () => void;
  readonly fail: (error: Error) => void;
}

interface Settings {
  readonly most?: number;
  readonly atOnce?: number;
  readonly reach?: Reach;
}

/** A gathering whose runs end when the test says so. A run returns each item in capital letters. */
function setUp({ most = 10, atOnce = 1, reach = 'one' }: Settings = {}) {
  const runs: Run[] = [];
  const call = gathered<string, string>({
    most,
    atOnce,
    run: (items) =>
      new Promise((resolve, reject) => {
        runs.push({ items, end: () => resolve(items.map((item) => item.toUpperCase())), fail: reject });
      }),
    reachOf: () => reach,
  });
  return { runs, call, itemsOf: () => runs.map(({ items }) => items.join('')) };
}

const endOfTurn = () =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

test('the calls of one turn are one run, and each gets its own result', async () => {
  const { runs, call, itemsOf } = setUp();
  const results = Promise.all(['a', 'b', 'c'].map(call));
  await endOfTurn();
  expect(itemsOf()).toEqual(['abc']);
  runs[0]?.end();
  expect(await results).toEqual(['A', 'B', 'C']);
});

test('what comes while as many run as are allowed is gathered until one of them ends', async () => {
  const { runs, call, itemsOf } = setUp({ atOnce: 2 });
  const results: Promise<string>[] = [];
  for (const item of ['a', 'b', 'c', 'd']) {
    results.push(call(item));
    await endOfTurn();
  }
  expect(itemsOf()).toEqual(['a', 'b']);
  runs[1]?.end();
  await results[1];
  await endOfTurn();
  expect(itemsOf()).toEqual(['a', 'b', 'cd']);
});

test('a run has at most as many items as are allowed', async () => {
  const { call, itemsOf } = setUp({ most: 2, atOnce: 3 });
  for (const item of ['a', 'b', 'c']) void call(item);
  await endOfTurn();
  expect(itemsOf()).toEqual(['ab', 'c']);
});

test('after an error that one item caused each is run alone, and only that one fails', async () => {
  const { runs, call, itemsOf } = setUp();
  const results = Promise.allSettled(['a', 'b'].map(call));
  await endOfTurn();
  runs[0]?.fail(AN_ERROR);
  await endOfTurn();
  expect(itemsOf()).toEqual(['ab', 'a', 'b']);
  runs[1]?.fail(AN_ERROR);
  runs[2]?.end();
  expect(await results).toEqual([
    { status: 'rejected', reason: AN_ERROR },
    { status: 'fulfilled', value: 'B' },
  ]);
});

test.each([
  ['of a run fails its items, and the next ones run', 'run', ['ab', 'c']],
  ['of those that wait too fails all of them', 'waiting', ['ab']],
] as const)('an error %s', async (_, reach, run) => {
  const { runs, call, itemsOf } = setUp({ reach });
  const results = Promise.allSettled(['a', 'b'].map(call));
  await endOfTurn();
  const waiting = Promise.allSettled([call('c')]);
  runs[0]?.fail(AN_ERROR);
  const rejected = { status: 'rejected', reason: AN_ERROR };
  expect(await results).toEqual([rejected, rejected]);
  await endOfTurn();
  expect(itemsOf()).toEqual(run);
  runs[1]?.end();
  expect(await waiting).toEqual([reach === 'run' ? { status: 'fulfilled', value: 'C' } : rejected]);
});
