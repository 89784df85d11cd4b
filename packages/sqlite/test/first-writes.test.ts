import { temporaryFolder } from '@vestibule/testing/folder';
import Database from 'better-sqlite3';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSqliteStores } from '../src/index.ts';
import { client, INSERTED } from './fixtures/client.ts';
import { open } from './fixtures/open.ts';

/** A database that makes so many writes in this thread, and another connection to it. */
function fresh(writesBeforeThread: number) {
  const path = join(temporaryFolder(), 'vestibule.db');
  const database = open({ path, writesBeforeThread });
  const other = new Database(path);
  onTestFinished(() => void other.close());
  const ids = (): unknown[] => other.prepare('SELECT id FROM clients ORDER BY id').pluck().all();
  return { database, clients: createSqliteStores(database).clients, other, ids };
}

/** Counts the threads that are started until the end of the test. */
function countThreads(): () => number {
  let started = 0;
  const count = (): void => void (started += 1);
  subscribe('worker_threads', count);
  onTestFinished(() => void unsubscribe('worker_threads', count));
  return () => started;
}

test('the first writes start no thread, and are committed together if they are concurrent', async () => {
  const threads = countThreads();
  const { clients, other, ids } = fresh(2);
  const version = (): unknown => other.pragma('data_version', { simple: true });
  const opened = version();
  const writing = Promise.all([clients.insert(client('a')), clients.insert(client('b'))]);
  expect(await writing).toEqual([INSERTED, INSERTED]);
  expect(ids()).toEqual(['a', 'b']);
  expect([version() === opened, threads()]).toEqual([false, 0]);
});

test('later writes are made in a thread, after the first ones', async () => {
  const threads = countThreads();
  const { clients, ids } = fresh(1);
  const writing = ['a', 'b', 'c'].map((id) => clients.insert(client(id)));
  expect(await Promise.all(writing)).toEqual([INSERTED, INSERTED, INSERTED]);
  expect(ids()).toEqual(['a', 'b', 'c']);
  expect(threads()).toBe(1);
});

test('a first write that would wait for another program does not stop this thread', async () => {
  const { clients, other } = fresh(9);
  await clients.insert(client('a'));
  other.exec('BEGIN IMMEDIATE');
  const inserting = clients.insert(client('b'));
  expect(await clients.find('main', 'a')).toEqual(client('a'));
  other.exec('COMMIT');
  expect(await inserting).toEqual(INSERTED);
});

test('the reading connection takes no write by itself between the first ones', async () => {
  const { database, clients } = fresh(9);
  await clients.insert(client('a'));
  expect(() => database.prepare('DELETE FROM clients RETURNING id').all()).toThrow(
    /may not write it|readonly/,
  );
});

test('first writes are finished before the database closes, and a closed one takes none', async () => {
  const { database, clients, ids } = fresh(9);
  const inserting = clients.insert(client('a'));
  await database.close();
  expect(await inserting).toEqual(INSERTED);
  expect(ids()).toEqual(['a']);
  await expect(clients.insert(client('b'))).rejects.toThrow(/is closed/);
});
