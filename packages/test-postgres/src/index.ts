export { startOwnPostgres, type OwnPostgres } from './own-postgres.ts';
export { startPostgres, type TestPostgres } from './postgres.ts';
