import type { Stores } from '@vestibule/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPostgresStores, type Database, openDatabase } from '../src/index.ts';
import { fill } from './support/filled.ts';
import { NOW } from './support/family.ts';
import { createSchema, type Schema } from './support/schema.ts';

const YEAR = 365 * 86_400_000;

let schema: Schema;
let database: Database;
let stores: Stores;

beforeEach(async () => {
  schema = await createSchema();
  database = await openDatabase({ url: schema.url, statementTimeout: 1_000 });
  stores = createPostgresStores(database);
});
afterEach(async () => {
  await database.close();
  await schema.drop();
});

test.each([
  'transactions',
  'codes',
  'pushed_requests',
  'finished_sign_ins',
  'replays',
  'revoked_tokens',
  'sessions',
  'refresh_tokens',
  'grants',
  'initial_access_tokens',
  'leases',
  'audit_events',
])('sweeping passes over what another node is at in %s, and takes it the next time', async (table) => {
  await fill(stores);
  await schema.sql(`BEGIN; SELECT 1 FROM ${table} FOR UPDATE`);
  const swept = await stores.sweep(NOW + YEAR, 100);
  const left = await schema.sql(`SELECT 1 FROM ${table}`);
  await schema.sql('COMMIT');
  expect(left).not.toEqual([]);
  expect(swept).toBeGreaterThan(0);
  expect(swept + (await stores.sweep(NOW + YEAR, 100))).toBe(14);
  expect(await schema.sql(`SELECT 1 FROM ${table}`)).toEqual([]);
});
