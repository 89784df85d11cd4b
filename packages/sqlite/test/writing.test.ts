import { temporaryFolder } from '@vestibule/testing/folder';
import Database from 'better-sqlite3';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSqliteStores, type DatabaseOptions } from '../src/index.ts';
import { client, INSERTED } from './support/client.ts';
import { open } from './support/open.ts';

const HUNDRED = Array.from({ length: 100 }, (_, index) => client(`c${index}`));
const unavailable = { code: 'STORE_UNAVAILABLE', retryAfter: expect.any(Number) };

function fresh(options: Omit<DatabaseOptions, 'path'> = {}) {
  const path = join(temporaryFolder(), 'vestibule.db');
  const database = open({ path, ...options });
  return { path, database, stores: createSqliteStores(database) };
}

/** The number of completed transactions in the write-ahead log: their last frames contain the size of the file. */
function commitsIn(path: string): number {
  const log = readFileSync(`${path}-wal`);
  const pageSize = log.readUInt32BE(8);
  let commits = 0;
  for (let at = 32; at + 24 <= log.length; at += 24 + pageSize) {
    if (log.readUInt32BE(at + 4) > 0) commits += 1;
  }
  return commits;
}

describe('writes', () => {
  test('are committed so that a power cut takes nothing that was answered', async () => {
    const { database } = fresh();
    expect(await database.statement('PRAGMA synchronous', [])).toMatchObject({ row: { synchronous: 2 } });
    expect(await database.statement('PRAGMA journal_mode', [])).toMatchObject({
      row: { journal_mode: 'wal' },
    });
  });

  test('are committed together if they are concurrent', async () => {
    const { path, stores } = fresh();
    await stores.clients.insert(client('first'));
    const before = commitsIn(path);
    await Promise.all(HUNDRED.map((one) => stores.clients.insert(one)));
    expect(commitsIn(path) - before).toBe(1);
    expect((await stores.clients.list('main', { limit: 200 })).items).toHaveLength(101);
  });

  test('writes fail at once as an outage if too many wait, and those that wait are done', async () => {
    const database = open({ path: join(temporaryFolder(), 'vestibule.db'), maxWaiting: 3 });
    const { clients } = createSqliteStores(database);
    const outcomes = await Promise.allSettled(HUNDRED.slice(0, 5).map((one) => clients.insert(one)));
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...Array<string>(3).fill('fulfilled'),
      ...Array<string>(2).fill('rejected'),
    ]);
    expect(outcomes[4]).toMatchObject({ reason: unavailable });
    expect(await clients.insert(client('later'))).toEqual(INSERTED);
    expect((await clients.list('main', { limit: 10 })).items).toHaveLength(4);
  });

  test('are answered when they are committed, and not before', async () => {
    const { path, stores } = fresh();
    const other = new Database(path);
    for (const one of HUNDRED.slice(0, 20)) {
      await stores.clients.insert(one);
      expect(other.prepare('SELECT 1 FROM clients WHERE id = ?').get(one.id)).toBeDefined();
    }
    other.close();
  });

  test('do not undo others if they fail', async () => {
    const { database, stores } = fresh();
    const [before, failed, after] = await Promise.allSettled([
      stores.clients.insert(client('a')),
      database.statement('INSERT INTO clients (realm) VALUES (?)', ['main']),
      stores.clients.insert(client('b')),
    ]);
    expect(before).toMatchObject({ status: 'fulfilled' });
    expect(failed).toMatchObject({ reason: { code: 'SQLITE_CONSTRAINT_NOTNULL' } });
    expect(after).toMatchObject({ status: 'fulfilled' });
    expect((await stores.clients.list('main', { limit: 9 })).items.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('are finished before the database closes if they are waiting', async () => {
    const { path, database, stores } = fresh();
    const inserting = HUNDRED.map((one) => stores.clients.insert(one));
    await database.close();
    await Promise.all(inserting);
    expect(
      (await createSqliteStores(open({ path })).clients.list('main', { limit: 200 })).items,
    ).toHaveLength(100);
  });
});

test('what cannot go to another thread is refused, and a closed database takes nothing more', async () => {
  const { database, stores } = fresh({ longestStall: 0 });
  const [before, wrong, after] = await Promise.allSettled([
    stores.clients.insert(client('a')),
    stores.clients.insert(Object.assign(client('b'), { extra: () => 'no data' })),
    stores.clients.insert(client('c')),
  ]);
  expect(before).toMatchObject({ value: INSERTED });
  expect(wrong).toMatchObject({ reason: { message: expect.stringMatching(/could not be cloned/) } });
  expect(after).toMatchObject({ value: INSERTED });
  await database.close();
  await expect(stores.clients.insert(client('b'))).rejects.toThrow(/is closed/);
});

test('a process that waits for nothing but the end of its database sees that end', () => {
  const path = join(temporaryFolder(), 'vestibule.db');
  const script = `import { createSqliteStores, openDatabase } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
    const database = openDatabase({ path: ${JSON.stringify(path)} });
    const event = { type: 'registration.limited', realm: 'main', at: 1, ip: '::1', limit: 'realm' };
    const recording = createSqliteStores(database).audit.record(event);
    await database.close();
    await recording;
    console.log('closed');`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([0, 'closed\n']);
});

describe('while another program is writing', () => {
  test('reads go on, and a write is made when it ends', async () => {
    const { path, stores } = fresh();
    await stores.clients.insert(client('a'));
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    const inserting = stores.clients.insert(client('b'));
    expect(await stores.clients.find('main', 'a')).toEqual(client('a'));
    expect(await stores.clients.find('main', 'b')).toBeUndefined();
    other.exec('COMMIT');
    other.close();
    expect(await inserting).toEqual(INSERTED);
  });

  test('a write fails with an error if the other program does not finish, and the next one succeeds', async () => {
    const { path, database, stores } = fresh({ busyTimeout: 20 });
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(stores.clients.insert(client('a'))).rejects.toMatchObject({
      ...unavailable,
      message: `The database ${path} cannot be used: another program is writing it and does not end. Stop that program.`,
    });
    await expect(database.ping()).rejects.toMatchObject(unavailable);
    other.exec('COMMIT');
    other.close();
    await database.ping();
    expect(await stores.clients.insert(client('a'))).toEqual(INSERTED);
  });
});

test('a full disk is reported, the call has no effect, and it works again when there is space', async () => {
  const { database, stores } = fresh();
  await stores.clients.insert(client('a'));
  const { row } = await database.statement('PRAGMA page_count', []);
  await database.statement(`PRAGMA max_page_count = ${row?.['page_count']}`, []);
  const large = { ...client('b'), name: 'x'.repeat(100_000) };
  const [beside, refused] = await Promise.allSettled([
    stores.clients.insert(client('c')),
    stores.clients.insert(large),
  ]);
  expect(refused).toMatchObject({ status: 'rejected', reason: unavailable });
  expect(String(refused.status === 'rejected' && refused.reason)).toMatch(/the disk is full/);
  // A call beside it in the same transaction has the effect that it was told.
  const isStored = beside.status === 'fulfilled';
  expect((await stores.clients.list('main', { limit: 9 })).items).toEqual(
    isStored ? [client('a'), client('c')] : [client('a')],
  );
  await database.statement('PRAGMA max_page_count = 1000000', []);
  expect(await stores.clients.insert(large)).toEqual(INSERTED);
});

test('the reading connection takes no write', () => {
  const { database } = fresh();
  expect(() => database.prepare('DELETE FROM clients').all()).toThrow(
    /attempt to write a readonly database|may not write|does not return data/,
  );
});

test('a path is the one that it was when the database was opened', async () => {
  const folder = temporaryFolder();
  const here = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(here));
  const database = open({ path: 'a.db' });
  process.chdir(temporaryFolder());
  expect(await createSqliteStores(database).clients.insert(client('a'))).toEqual(INSERTED);
  expect(database.path).toBe(join(folder, 'a.db'));
});

test.each([
  ['a thread that breaks down', 0, /it is not a database/],
  ['a connection that breaks down', Infinity, /it is damaged/],
] as const)(
  '%s fails what it had, and the next write starts another one',
  async (_, longestStall, problem) => {
    const { path, stores } = fresh({ longestStall });
    const content = readFileSync(path);
    for (const companion of ['-wal', '-shm']) rmSync(`${path}${companion}`, { force: true });
    writeFileSync(path, 'no database any more, and long enough to look like a damaged one'.repeat(100));
    await expect(stores.clients.insert(client('a'))).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringMatching(problem),
    });
    writeFileSync(path, content);
    expect(await stores.clients.insert(client('a'))).toEqual(INSERTED);
  },
);
