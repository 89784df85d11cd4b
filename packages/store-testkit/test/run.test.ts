import { createMemoryStores } from '@vestibule/server/memory';
import { expect, test } from 'vitest';
import { runStoreCases, storeCases, type StoreCase } from '../src/index.ts';

const opened = { stores: createMemoryStores(), close: async () => {} };
const outage = new Error('no connection');
const fail = (): Promise<never> => Promise.reject(outage);

const passing: StoreCase = { id: 'a', title: 'passes', requires: [], run: async () => {} };
const failing: StoreCase = { ...passing, id: 'b', run: fail };
const demanding: StoreCase = { ...failing, id: 'c', requires: ['connections', 'processes'] };

test('each case has an outcome, and one that failed does not keep the next from running', async () => {
  const outcomes = await runStoreCases({ open: async () => opened }, [failing, demanding, passing]);
  expect(outcomes).toEqual([
    { id: 'b', outcome: 'failed', error: outage },
    { id: 'c', outcome: 'skipped', missing: ['connections', 'processes'] },
    { id: 'a', outcome: 'passed' },
  ]);
});

test('a store that cannot be opened or closed fails the case', async () => {
  for (const open of [fail, async () => ({ ...opened, close: fail })]) {
    expect(await runStoreCases({ open }, [passing])).toEqual([{ id: 'a', outcome: 'failed', error: outage }]);
  }
});

test('every case has a store of its own, which is closed', async () => {
  const log: string[] = [];
  let count = 0;
  const open = async () => {
    const number = (count += 1);
    log.push(`open ${number}`);
    return { ...opened, close: async () => void log.push(`close ${number}`) };
  };
  await runStoreCases({ open }, [passing, failing, demanding]);
  expect(log).toEqual(['open 1', 'close 1', 'open 2', 'close 2', 'open 3', 'close 3']);
});

test('every case has an id of its own, which begins with its store, and a title', () => {
  const ids = storeCases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const nouns = Object.keys(createMemoryStores());
  for (const { id, title } of storeCases) {
    expect(nouns).toContain(id.split('.')[0]);
    expect(id).toMatch(/^[a-zA-Z]+(\.[a-zA-Z0-9-]+)+$/);
    expect(title).not.toBe('');
  }
});
