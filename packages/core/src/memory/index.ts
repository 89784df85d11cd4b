export { createMemoryAuditLog, type MemoryAuditLog } from './audit-log.ts';
export { createMemoryClientStore } from './client-store.ts';
export { createMemoryRealmDirectory, type MemoryRealmDirectory } from './realm-directory.ts';
