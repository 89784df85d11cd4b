export { createMemoryRateLimiter } from './memory.ts';
export { createSqliteRateLimiter, type SqliteConnection } from './sqlite.ts';
