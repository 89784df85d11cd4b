import { temporaryFolder } from '@vestibule/testing/folder';
import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkpoint } from '../src/database/background/checkpoint.ts';
import { connect } from '../src/database/connection.ts';
import { createSqliteStores } from '../src/index.ts';
import { client } from './support/client.ts';
import { open } from './support/open.ts';

function connections() {
  const path = join(temporaryFolder(), 'log.db');
  new Database(path).exec('CREATE TABLE t (x)').close();
  const [writer, background, reader] = [0, 0, 0].map((busyTimeout) => connect({ path, busyTimeout }));
  if (writer === undefined || background === undefined || reader === undefined) throw new Error('none');
  onTestFinished(() => [writer, background, reader].forEach((one) => one.close()));
  const insert = writer.prepare('INSERT INTO t VALUES (zeroblob(8000))');
  const fill = (): void => {
    for (let index = 0; index < 50; index += 1) insert.run();
  };
  return { path, writer, background, reader, fill, insert };
}

const pagesInLog = (database: Database.Database): unknown =>
  database.prepare<[], { readonly log: number }>('PRAGMA wal_checkpoint(PASSIVE)').get()?.log;

test('a log that is long is moved into the file and begins anew', () => {
  const { background, fill, insert } = connections();
  fill();
  checkpoint(background, 20);
  insert.run();
  expect(pagesInLog(background)).toBeLessThan(10);
});

test('a short log is copied into the file and continues', () => {
  const { path, background, fill } = connections();
  const before = statSync(path).size;
  fill();
  checkpoint(background, 10_000);
  expect(statSync(path).size).toBeGreaterThan(before);
});

test('while a reader uses an older state no writer waits', () => {
  const { background, reader, fill, insert } = connections();
  fill();
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM t').get();
  fill();
  checkpoint(background, 20);
  expect(insert.run().changes).toBe(1);
  reader.exec('COMMIT');
  checkpoint(background, 20);
  insert.run();
  expect(pagesInLog(background)).toBeLessThan(10);
});

test('what many writes left in the log comes into the file by itself', async () => {
  const path = join(temporaryFolder(), 'vestibule.db');
  const database = open({ path });
  const { clients } = createSqliteStores(database);
  const before = statSync(path).size;
  await Promise.all(Array.from({ length: 1_000 }, (_, index) => clients.insert(client(`c${index}`))));
  while (statSync(path).size === before) await database.ping();
  expect(statSync(path).size).toBeGreaterThan(before);
});
