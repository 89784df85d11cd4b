import { createSqliteStores, openDatabase } from '@vestibule/sqlite';
import Database from 'better-sqlite3';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newClient } from './client.ts';

export interface InsertsOptions {
  /** How long each way is measured. */
  readonly seconds: number;
  readonly report?: (name: string) => void;
}

/** Inserts a second, by the way in which they are made. */
export type InsertRates = Readonly<Record<string, { readonly 'inserts/s': number }>>;

const GROUP = 64;

/**
 * How many clients a second are inserted so that a power cut takes none of them: by better-sqlite3 alone, one by one and
 * in groups, and through the store, by one caller and by many who wait at once. Each on a file of its own.
 */
export async function measureInserts({ seconds, report }: InsertsOptions): Promise<InsertRates> {
  const ways: Readonly<Record<string, (path: string, until: number) => Promise<number>>> = {
    'better-sqlite3, one by one': bareOneByOne,
    'store, one caller': (path, until) => throughStore(path, until, 1),
    [`better-sqlite3, groups of ${GROUP}`]: bareInGroups,
    [`store, ${GROUP} callers`]: (path, until) => throughStore(path, until, GROUP),
  };
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-bench-'));
  try {
    const rates: [string, { 'inserts/s': number }][] = [];
    for (const [name, insert] of Object.entries(ways)) {
      report?.(name);
      const start = performance.now();
      const count = await insert(join(folder, `${rates.length}.db`), start + seconds * 1_000);
      rates.push([name, { 'inserts/s': Math.round((count / (performance.now() - start)) * 1_000) }]);
    }
    return Object.fromEntries(rates);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function throughStore(path: string, until: number, callers: number): Promise<number> {
  const database = openDatabase({ path });
  const { clients } = createSqliteStores(database);
  let count = 0;
  const calling = Array.from({ length: callers }, async () => {
    while (performance.now() < until) {
      await clients.insert(newClient());
      count += 1;
    }
  });
  await Promise.all(calling);
  await database.close();
  return count;
}

async function bareOneByOne(path: string, until: number): Promise<number> {
  const { insert, close } = await bare(path);
  let count = 0;
  for (; performance.now() < until; count += 1) insert();
  close();
  return count;
}

async function bareInGroups(path: string, until: number): Promise<number> {
  const { insert, close, database } = await bare(path);
  const insertGroup = database.transaction(() => {
    for (let index = 0; index < GROUP; index += 1) insert();
  });
  let count = 0;
  for (; performance.now() < until; count += GROUP) insertGroup.immediate();
  close();
  return count;
}

/** The same table and the same row, without anything between. */
async function bare(path: string): Promise<{ database: Database.Database; insert(): void; close(): void }> {
  await openDatabase({ path }).close();
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  const statement = database.prepare(
    'INSERT INTO clients (realm, id, name, redirect_uris, grant_types, application_type, issued_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const insert = (): void => {
    const { realm, id, name, redirectUris, grantTypes, applicationType, issuedAt } = newClient();
    const json = [JSON.stringify(redirectUris), JSON.stringify(grantTypes)];
    statement.run(realm, id, name, ...json, applicationType, issuedAt);
  };
  return { database, insert, close: () => void database.close() };
}
