export { createMemoryAuditLog, type MemoryAuditLog } from './memory-audit-log.ts';
export { createMemoryClientStore } from './memory-client-store.ts';
export { keptWithStores } from './kept-with.ts';
export { createMemoryInitialAccessTokenStore } from './memory-initial-access-token-store.ts';
export { createMemoryLeaseStore } from './memory-lease-store.ts';
export { createMemoryRealmStore } from './memory-realm-store.ts';
