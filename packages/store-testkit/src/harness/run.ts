import { missingFrom, type Requirement, type StoreCase } from './case.ts';
import type { OpenedStore, StoreHarness } from './harness.ts';

/** How a case went. */
export type CaseOutcome =
  | { readonly id: string; readonly outcome: 'passed' }
  | { readonly id: string; readonly outcome: 'skipped'; readonly missing: readonly Requirement[] }
  | { readonly id: string; readonly outcome: 'failed'; readonly error: unknown };

/** Runs one case on a fresh store. Opening or closing it badly is a failure too; nothing is thrown. */
export async function runStoreCase(harness: StoreHarness, storeCase: StoreCase): Promise<CaseOutcome> {
  const { id } = storeCase;
  try {
    const opened = await harness.open();
    const outcome = await runOn(opened, storeCase);
    await opened.close().catch((error: unknown) => {
      // What went wrong first is what the case is about.
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
