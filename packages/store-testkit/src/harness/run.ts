import { missingFrom, type Requirement, type StoreCase } from './case.ts';
import type { OpenedStore, StoreHarness } from './harness.ts';

/** The result of a case. */
export type CaseOutcome =
  | { readonly id: string; readonly outcome: 'passed' }
  | { readonly id: string; readonly outcome: 'skipped'; readonly missing: readonly Requirement[] }
  | { readonly id: string; readonly outcome: 'failed'; readonly error: unknown };

/** Runs one case on a new store. A failure to open or close it is a failed case as well; nothing is thrown. */
export async function runStoreCase(harness: StoreHarness, storeCase: StoreCase): Promise<CaseOutcome> {
  const { id } = storeCase;
  try {
    const opened = await harness.open();
    const outcome = await runOn(opened, storeCase);
    await opened.close().catch((error: unknown) => {
      // The first failure is the result of the case.
      if (outcome.outcome !== 'failed') throw error;
    });
    return outcome;
  } catch (error) {
    return { id, outcome: 'failed', error };
  }
}

async function runOn(opened: OpenedStore, storeCase: StoreCase): Promise<CaseOutcome> {
  const { id } = storeCase;
  const missing = missingFrom(opened, storeCase);
  if (missing.length > 0) return { id, outcome: 'skipped', missing };
  try {
    await storeCase.run(opened);
    return { id, outcome: 'passed' };
  } catch (error) {
    return { id, outcome: 'failed', error };
  }
}
