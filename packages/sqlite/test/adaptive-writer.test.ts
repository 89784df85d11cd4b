import { temporaryFolder } from '@vestibule/testing/folder';
import Database from 'better-sqlite3';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createSqliteStores } from '../src/index.ts';
import { client, INSERTED } from './support/client.ts';
import { open } from './support/open.ts';

/** A disk on which no commit is slow. */
const FAST = Infinity;
/** A disk on which every commit is slow: shorter than any commit. */
const SLOW = 1e-9;

/** A database whose commits may stop this thread for so long, and another connection to it. */
function fresh(longestStall: number) {
  const path = join(temporaryFolder(), 'vestibule.db');
  const database = open({ path, longestStall });
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

test('writes to a fast disk start no thread, and are committed together if they are concurrent', async () => {
  const threads = countThreads();
  const { clients, other, ids } = fresh(FAST);
  const version = (): unknown => other.pragma('data_version', { simple: true });
  const opened = version();
  const writing = Promise.all([clients.insert(client('a')), clients.insert(client('b'))]);
  expect(await writing).toEqual([INSERTED, INSERTED]);
  expect(ids()).toEqual(['a', 'b']);
  expect([version() === opened, threads()]).toEqual([false, 0]);
});

test('few writes wait two turns for others if the last commit had more, and then no longer', async () => {
  const { clients, ids } = fresh(FAST);
  await Promise.all(['a', 'b', 'c', 'd'].map((id) => clients.insert(client(id))));
  const inserting = [clients.insert(client('e'))];
  await nextTurn();
  inserting.push(clients.insert(client('f')));
  await nextTurn();
  expect(ids()).toEqual(['a', 'b', 'c', 'd']);
  await Promise.all(inserting);
  expect(ids()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  const alone = clients.insert(client('g'));
  for (let turn = 0; turn < 3; turn += 1) await nextTurn();
  expect(ids()).toContain('g');
  await alone;
});

test('a thread writes after four commits in a row that took too long, and in the order of the calls', async () => {
  const threads = countThreads();
  const { clients, ids } = fresh(SLOW);
  expect(await clients.insert(client('a'))).toEqual(INSERTED);
  for (const id of ['d', 'e', 'f']) {
    expect(threads()).toBe(0);
    await clients.insert(client(id));
  }
  const writing = [clients.insert(client('b')), clients.remove('main', 'b'), clients.insert(client('c'))];
  expect(await Promise.all(writing)).toEqual([INSERTED, 'removed', INSERTED]);
  expect(ids()).toEqual(['a', 'c', 'd', 'e', 'f']);
  expect(threads()).toBe(1);
});

test('a thread writes always if no commit may stop the calling one', async () => {
  const threads = countThreads();
  const { clients, ids } = fresh(0);
  expect(await clients.insert(client('a'))).toEqual(INSERTED);
  expect([ids(), threads()]).toEqual([['a'], 1]);
});

test('a write that would wait for another program does not stop this thread', async () => {
  const { clients, other } = fresh(FAST);
  await clients.insert(client('a'));
  other.exec('BEGIN IMMEDIATE');
  const inserting = clients.insert(client('b'));
  expect(await clients.find('main', 'a')).toEqual(client('a'));
  other.exec('COMMIT');
  expect(await inserting).toEqual(INSERTED);
});

test('the reading connection takes no write beside those of this thread', async () => {
  const { database, clients } = fresh(FAST);
  await clients.insert(client('a'));
  expect(() => database.prepare('DELETE FROM clients RETURNING id').all()).toThrow(/may not write/);
});

test('waiting writes are finished before the database closes, and a closed one takes none', async () => {
  const { database, clients, ids } = fresh(FAST);
  const inserting = clients.insert(client('a'));
  await database.close();
  expect(await inserting).toEqual(INSERTED);
  expect(ids()).toEqual(['a']);
  await expect(clients.insert(client('b'))).rejects.toThrow(/is closed/);
});
