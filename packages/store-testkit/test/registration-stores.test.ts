import { createMemoryStores } from '@vestibule/server/memory';
import { expect, test } from 'vitest';
import {
  completeStores,
  registrationCases,
  type RegistrationStores,
  runStoreCase,
  storeCases,
} from '../src/index.ts';
import { testStores } from '../src/vitest.ts';

const harnessOf = (create: () => RegistrationStores) => ({
  open: async () => ({
    stores: completeStores(create(), createMemoryStores()),
    close: async () => undefined,
  }),
});

testStores(
  'a registrar',
  harnessOf(() => createMemoryStores()),
  registrationCases,
);

test('the cases for a registrar are some of all cases, and none of other stores', () => {
  const kinds = new Set(registrationCases.map(({ id }) => id.split('.')[0]));
  expect(kinds).toEqual(new Set(['audit', 'clients', 'commit']));
  expect(registrationCases.length).toBeLessThan(storeCases.length / 2);
});

test('a registrar whose commits are not undone fails the cases', async () => {
  const wrong = harnessOf(() => {
    const { commit, ...stores } = createMemoryStores();
    return {
      ...stores,
      commit: async (changes) => {
        for (const [index, change] of changes.entries()) {
          const outcome = await commit([change]);
          if (!outcome.committed) return { ...outcome, index };
        }
        return { committed: true };
      },
    };
  });
  const outcomes = await Promise.all(registrationCases.map((storeCase) => runStoreCase(wrong, storeCase)));
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
  expect(failed).toEqual(expect.arrayContaining(['commit.client.insert.adds-undone']));
});
