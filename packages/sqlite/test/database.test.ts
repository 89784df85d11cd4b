import Database from 'better-sqlite3';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type SqliteDatabase } from '../src/index.ts';
import { MIGRATIONS } from '../src/schema/migrations.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vestibule-sqlite-'));
  path = join(folder, 'vestibule.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const pragma = (database: SqliteDatabase, name: string) => database.prepare(`PRAGMA ${name}`).get();

test('opening again changes nothing', async () => {
  await openDatabase({ path }).close();
  const database = openDatabase({ path });
  expect(pragma(database, 'integrity_check')).toEqual({ integrity_check: 'ok' });
  await database.close();
});

test('several connections may open a new file at once', async () => {
  const databases = Array.from({ length: 5 }, () => openDatabase({ path }));
  for (const database of databases) {
    expect(pragma(database, 'user_version')).toEqual({ user_version: MIGRATIONS.length });
    await database.close();
  }
});

test('a database of a newer version is refused and left alone', () => {
  const newer = new Database(path);
  newer.pragma('user_version = 9999');
  newer.close();
  chmodSync(path, 0o640);
  expect(() => openDatabase({ path })).toThrow(
    /has schema 9999; this version of Vestibule knows schemas up to/,
  );
  expect(statSync(path).mode & 0o777).toBe(0o640);
});

test('a file that is no database is refused and left alone', () => {
  const text = 'not a database, but long enough to be looked at as one'.repeat(40);
  writeFileSync(path, text, { mode: 0o644 });
  expect(() => openDatabase({ path })).toThrow(/it is not a database/);
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(statSync(path).mode & 0o777).toBe(0o644);
});

test('a missing folder is refused', () => {
  expect(() => openDatabase({ path: join(folder, 'nowhere', 'x.db') })).toThrow(/its folder does not exist/);
});

test('a database of another program is refused and left alone', () => {
  const other = new Database(path);
  other.exec('CREATE TABLE customers (x)');
  other.close();
  expect(() => openDatabase({ path })).toThrow(/belongs to another program/);
  const after = new Database(path);
  expect(after.pragma('user_version', { simple: true })).toBe(0);
  expect(after.prepare(`SELECT count(*) AS n FROM sqlite_master WHERE type = 'table'`).get()).toEqual({
    n: 1,
  });
  after.close();
});
