export { createMemoryRateLimiter } from './memory.ts';
export { createSqliteRateLimiter, type SqliteConnection, type SqliteRateLimiter } from './sqlite.ts';
