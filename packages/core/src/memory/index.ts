export { createMemoryAuditLog, type MemoryAuditLog } from './audit-log.ts';
export { createMemoryClientStore } from './client-store.ts';
export { createMemoryRealmStore } from './realm-store.ts';
