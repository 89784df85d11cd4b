export { commitIn, makeInOrder } from './commit-in.ts';
export { createJournal, type Journal } from './journal.ts';
export { type CoreTables, makeCoreChange } from './make-core-change.ts';
export { createAuditTable, createMemoryAuditLog, type MemoryAuditLog } from './memory-audit-log.ts';
export { type ClientTable, createClientTable, createMemoryClientStore } from './memory-client-store.ts';
export {
  type InitialAccessTokenTable,
  createInitialAccessTokenTable,
  createMemoryInitialAccessTokenStore,
} from './memory-initial-access-token-store.ts';
export { createMemoryLeaseStore } from './memory-lease-store.ts';
export { createMemoryRealmStore, createRealmTable } from './memory-realm-store.ts';
export {
  createMemoryRegistrationStores,
  type MemoryRegistrationStores,
} from './memory-registration-stores.ts';
export { promised, type Synchronous } from './promised.ts';
export { createQuotaTable, type QuotaTable } from './quota-table.ts';
