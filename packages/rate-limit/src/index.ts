export { createMemoryRateLimiter } from './memory.ts';
export { createPostgresRateLimiter, type PostgresDatabase, type PostgresStatement } from './postgres.ts';
export { createSqliteRateLimiter, type SqliteDatabase, type SqliteOutcome } from './sqlite.ts';
