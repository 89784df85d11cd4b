import type { Stores } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import { runStoreCases } from '../../src/index.ts';

/** The cases that fail, of those that need only the stores. */
export async function failuresOf(create: () => Stores): Promise<readonly string[]> {
  const outcomes = await runStoreCases({ open: async () => ({ stores: create(), close: async () => {} }) });
  return outcomes.flatMap(({ id, outcome }) => (outcome === 'failed' ? id : []));
}

export const nounsOf = (ids: readonly string[]): readonly string[] =>
  [...new Set(ids.map((id) => id.replace(/\..*/, '')))].toSorted();

/** Stores in memory with flaws. */
export const wrong = (change: (stores: Stores) => Partial<Stores>) => (): Stores => {
  const stores = createMemoryStores();
  return { ...stores, ...change(stores) };
};
