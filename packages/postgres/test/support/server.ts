import { startPostgres, type TestPostgres } from '@vestibule/testing/postgres';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** An empty database for all tests. */
    readonly databaseUrl: string;
  }
}

let postgres: TestPostgres | undefined;

export async function setup(project: TestProject): Promise<void> {
  postgres = await startPostgres();
  project.provide('databaseUrl', await postgres.createDatabase());
}

export async function teardown(): Promise<void> {
  await postgres?.stop();
}
