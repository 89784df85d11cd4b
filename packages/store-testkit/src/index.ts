export { storeCases } from './cases/store-cases.ts';
export type { Requirement, StoreCase } from './harness/case.ts';
export type {
  Elsewhere,
  OpenedConnection,
  OpenedStore,
  OpenStores,
  StoreHarness,
} from './harness/harness.ts';
export { type CaseOutcome, runStoreCase } from './harness/run.ts';
export { runStoreCases } from './run-all.ts';
export { completeStores, registrationCases, type RegistrationStores } from './registration-stores.ts';
