export { createMemoryAuditLog, type MemoryAuditLog } from './audit-log.ts';
export { createMemoryClientStore } from './client-store.ts';
export { keptWithStores } from './kept-with.ts';
export { createMemoryInitialAccessTokenStore } from './initial-access-token-store.ts';
export { createMemoryLeaseStore } from './lease-store.ts';
export { createMemoryRealmStore } from './realm-store.ts';
