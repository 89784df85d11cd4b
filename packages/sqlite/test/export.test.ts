import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSqliteStores, exportDatabase } from '../src/index.ts';
import { client } from './fixtures/client.ts';
import { open, temporaryFolder } from './fixtures/folder.ts';

test('every table of the database is exported, with all its columns and rows', async () => {
  const path = join(temporaryFolder(), 'vestibule.db');
  const database = open({ path });
  await createSqliteStores(database).clients.insert(client('app'));
  await database.close();

  const exported = await exportDatabase(path);
  const names = exported.tables.map(({ name }) => name);
  const clients = exported.tables.find(({ name }) => name === 'clients');
  expect(clients).toMatchObject({ count: 1 });
  expect(clients?.columns.slice(0, 3)).toEqual(['realm', 'id', 'name']);
  expect([...(clients?.rows() ?? [])].map((row) => row.slice(0, 3))).toEqual([
    ['main', 'app', 'Notes reader'],
  ]);
  exported.close();

  const check = new Database(path);
  const there = check.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).pluck();
  expect(there.all()).toEqual(names.toSorted());
  check.close();
});

test('nobody writes while a database is exported', async () => {
  const path = join(temporaryFolder(), 'vestibule.db');
  const database = open({ path, busyTimeout: 10 });
  const stores = createSqliteStores(database);
  const exported = await exportDatabase(path);
  await expect(stores.clients.insert(client('app'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  exported.close();
  expect(await stores.clients.insert(client('app'))).toBe('inserted');
});

test('a database that there is not is not made', async () => {
  const path = join(temporaryFolder(), 'vestibule.db');
  await expect(exportDatabase(path)).rejects.toThrow(`There is no database ${path}.`);
  expect(existsSync(path)).toBe(false);
});
