import type { Stores } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import { runStoreCases, type StoreCase, storeCases } from '../../src/index.ts';

const isOfCommit = ({ id }: StoreCase): boolean => id.startsWith('commit.');

/** The cases of `commit`. */
export const commitCases: readonly StoreCase[] = storeCases.filter(isOfCommit);

/** The cases of single stores: a store in memory with a flaw has the right `commit`. */
const cases: readonly StoreCase[] = storeCases.filter((storeCase) => !isOfCommit(storeCase));

/** The cases that fail, of those that need only the stores. */
export async function failuresOf(
  create: () => Stores,
  chosen: readonly StoreCase[] = cases,
): Promise<readonly string[]> {
  const harness = { open: async () => ({ stores: create(), close: async () => {} }) };
  const outcomes = await runStoreCases(harness, chosen);
  return outcomes.flatMap(({ id, outcome }) => (outcome === 'failed' ? id : []));
}

export const nounsOf = (ids: readonly string[]): readonly string[] =>
  [...new Set(ids.map((id) => id.replace(/\..*/, '')))].toSorted();

/** Stores in memory with flaws. */
export const wrong = (change: (stores: Stores) => Partial<Stores>) => (): Stores => {
  const stores = createMemoryStores();
  return { ...stores, ...change(stores) };
};
