import { CLIENT_COLUMNS, toClientRow } from '@vestibule/core';
import { createSqliteStores, openDatabase } from '@vestibule/sqlite';
import Database from 'better-sqlite3';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newClient } from './client.ts';

export interface InsertsOptions {
  /** The number of inserts for each way. */
  readonly inserts: number;
  readonly report?: (name: string) => void;
}

/** Inserts per second, by the way in which they are made. */
export type InsertRates = Readonly<Record<string, { readonly 'inserts/s': number }>>;

const GROUP = 64;

/**
 * Measures durable inserts of clients per second: with better-sqlite3 alone, one by one and in groups, and through the
 * store, with one caller and with many concurrent ones. Each on a file of its own.
 */
export async function measureInserts({ inserts, report }: InsertsOptions): Promise<InsertRates> {
  const ways: Readonly<Record<string, (path: string, inserts: number) => Promise<void>>> = {
    'better-sqlite3, one by one': bareOneByOne,
    'store, one caller': (path) => throughStore(path, inserts, 1),
    [`better-sqlite3, groups of ${GROUP}`]: bareInGroups,
    [`store, ${GROUP} callers`]: (path) => throughStore(path, inserts, GROUP),
  };
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-bench-'));
  try {
    const rates: [string, { 'inserts/s': number }][] = [];
    for (const [name, insert] of Object.entries(ways)) {
      report?.(name);
      const start = performance.now();
      await insert(join(folder, `${rates.length}.db`), inserts);
      rates.push([name, { 'inserts/s': Math.round((inserts / (performance.now() - start)) * 1_000) }]);
    }
    return Object.fromEntries(rates);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function throughStore(path: string, inserts: number, callers: number): Promise<void> {
  const database = openDatabase({ path });
  const { clients } = createSqliteStores(database);
  let begun = 0;
  const calling = Array.from({ length: callers }, async () => {
    while (begun < inserts) {
      begun += 1;
      await clients.insert(newClient());
    }
  });
  await Promise.all(calling);
  await database.close();
}

async function bareOneByOne(path: string, inserts: number): Promise<void> {
  const { insert, close } = await bare(path);
  for (let count = 0; count < inserts; count += 1) insert();
  close();
}

async function bareInGroups(path: string, inserts: number): Promise<void> {
  const { insert, close, database } = await bare(path);
  const insertGroup = database.transaction(() => {
    for (let index = 0; index < GROUP; index += 1) insert();
  });
  for (let count = 0; count < inserts; count += GROUP) insertGroup.immediate();
  close();
}

/** The same table and the same row, without the store. */
async function bare(path: string): Promise<{ database: Database.Database; insert(): void; close(): void }> {
  await openDatabase({ path }).close();
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  const statement = database.prepare(
    `INSERT INTO clients (${CLIENT_COLUMNS.join(', ')}) VALUES (${CLIENT_COLUMNS.map(() => '?').join(', ')})`,
  );
  const insert = (): void => {
    const row = toClientRow(newClient());
    statement.run(CLIENT_COLUMNS.map((column) => row[column]));
  };
  return { database, insert, close: () => void database.close() };
}
