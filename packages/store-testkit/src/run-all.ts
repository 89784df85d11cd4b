import { storeCases } from './cases/store-cases.ts';
import type { StoreCase } from './harness/case.ts';
import type { StoreHarness } from './harness/harness.ts';
import { type CaseOutcome, runStoreCase } from './harness/run.ts';

/** Runs cases one after the other, each on a new store. @param cases all by default */
export async function runStoreCases(
  harness: StoreHarness,
  cases: readonly StoreCase[] = storeCases,
): Promise<readonly CaseOutcome[]> {
  const outcomes: CaseOutcome[] = [];
  for (const storeCase of cases) outcomes.push(await runStoreCase(harness, storeCase));
  return outcomes;
}
