import { describe, expect, test } from 'vitest';
import { storeCases } from './cases/store-cases.ts';
import type { StoreCase } from './harness/case.ts';
import type { StoreHarness } from './harness/harness.ts';
import { runStoreCase } from './harness/run.ts';

/**
 * Declares a suite with a test for each case; cases that the store does not support are skipped.
 *
 * @param cases which cases @default all of them
 */
export function testStores(
  name: string,
  harness: StoreHarness,
  cases: readonly StoreCase[] = storeCases,
): void {
  describe(`the stores of ${name}`, () => {
    for (const storeCase of cases) {
      test(`${storeCase.id}: ${storeCase.title}`, async ({ skip }) => {
        const outcome = await runStoreCase(harness, storeCase);
        if (outcome.outcome === 'failed') throw outcome.error;
        if (outcome.outcome === 'skipped') skip(`no ${outcome.missing.join(', no ')}`);
        expect(outcome.outcome).toBe('passed');
      });
    }
  });
}
