import { CLIENT_COLUMNS } from '@vestibule/core';
import { temporaryFolder } from '@vestibule/testing/folder';
import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSqliteStores, exportDatabase, openDatabase } from '../src/index.ts';
import { MIGRATIONS } from '../src/schema/migrations.ts';
import { client, INSERTED } from './support/client.ts';
import { open } from './support/open.ts';

test('every table but leases and what triggers count is exported, with all its columns and rows', async () => {
  const path = join(temporaryFolder(), 'vestibule.db');
  const database = open({ path });
  await createSqliteStores(database).clients.insert(client('app'));
  await database.close();

  const exported = exportDatabase(path);
  const names = exported.tables.map(({ name }) => name);
  const clients = exported.tables.find(({ name }) => name === 'clients');
  expect(clients).toMatchObject({ count: 1 });
  expect(clients?.columns).toEqual(CLIENT_COLUMNS);
  const { realm, id, version, kind } = client('app');
  expect([...(clients?.rows() ?? [])].map((row) => row.slice(0, 4))).toEqual([[realm, id, version, kind]]);
  exported.close();

  const check = new Database(path);
  const there = check.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).pluck();
  expect(there.all()).toEqual([...names, 'active_clients', 'leases'].toSorted());
  check.close();
});

test('an open database is not exported', async () => {
  const path = join(temporaryFolder(), 'vestibule.db');
  const database = open({ path });
  await database.ping();
  expect(() => exportDatabase(path)).toThrow(/Another program has the database .* open. Stop it first/);
  await database.close();
  exportDatabase(path).close();
});

test('no process writes while a database is exported', async () => {
  const path = join(temporaryFolder(), 'vestibule.db');
  await open({ path }).close();
  const exported = exportDatabase(path);
  expect(() => openDatabase({ path, busyTimeout: 10 })).toThrow(/another program is writing it/);
  exported.close();
  expect(await createSqliteStores(open({ path })).clients.insert(client('app'))).toEqual(INSERTED);
});

test('a database of another schema is not exported, and left as it is', () => {
  const path = join(temporaryFolder(), 'vestibule.db');
  const older = new Database(path);
  older.exec(MIGRATIONS[0] ?? '');
  older.pragma('user_version = 1');
  older.close();
  expect(() => exportDatabase(path)).toThrow(/has schema 1, .* Start this version on it once, and stop it/);
  const after = new Database(path);
  expect(after.pragma('user_version', { simple: true })).toBe(1);
  after.close();
});

test('a missing database is not created', () => {
  const path = join(temporaryFolder(), 'vestibule.db');
  expect(() => exportDatabase(path)).toThrow(`There is no database ${path}.`);
  expect(existsSync(path)).toBe(false);
});
