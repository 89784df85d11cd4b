import { temporaryFolder } from '@vestibule/testing/folder';
import Database from 'better-sqlite3';
import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUpFile, createSqliteStores } from '../src/index.ts';
import { MIGRATIONS } from '../src/schema/migrations.ts';
import { client, INSERTED } from './support/client.ts';
import { open } from './support/open.ts';

function fresh() {
  const folder = temporaryFolder();
  const path = join(folder, 'vestibule.db');
  const database = open({ path });
  return { folder, path, database, stores: createSqliteStores(database) };
}

test('a backup that is made under load is whole: everything that was answered before it is in it', async () => {
  const { folder, database, stores } = fresh();
  let answered = 0;
  const ending = new AbortController();
  const writing = Array.from({ length: 16 }, async (_, writer) => {
    for (let index = 0; !ending.signal.aborted; index += 1) {
      await stores.clients.insert(client(`${writer}-${index}`));
      answered += 1;
    }
  });
  for (let index = 0; index < 500; index += 1) await stores.codes.put('main', `k${index}`, code, 1);

  const before = answered;
  const file = join(folder, 'backup.db');
  await database.backup(file);
  const after = answered;
  ending.abort();
  await Promise.all(writing);

  const copy = new Database(file, { readonly: true });
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  const count = Number(copy.prepare('SELECT count(*) FROM clients').pluck().get());
  copy.close();
  expect(count).toBeGreaterThanOrEqual(before);
  expect(count).toBeLessThanOrEqual(after + 16);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a backup that is put in the place of a database is that database', async () => {
  const { folder, database, stores } = fresh();
  await stores.clients.insert(client('kept'));
  await database.backup(join(folder, 'backup.db'));
  await stores.clients.insert(client('later'));
  await database.close();

  const restored = join(folder, 'restored.db');
  copyFileSync(join(folder, 'backup.db'), restored);
  const { clients } = createSqliteStores(open({ path: restored }));
  expect((await clients.list('main', { limit: 9 })).items).toEqual([client('kept')]);
  expect(await clients.insert(client('new'))).toEqual(INSERTED);
});

test('SQLite’s own backup will do as well', async () => {
  const { folder, path, stores } = fresh();
  await stores.clients.insert(client('kept'));
  const other = new Database(path);
  await other.backup(join(folder, 'backup.db'));
  other.close();
  const { clients } = createSqliteStores(open({ path: join(folder, 'backup.db') }));
  expect(await clients.find('main', 'kept')).toEqual(client('kept'));
});

test.each([
  ['over something', 'taken.db', /there is something at this place already/],
  ['into a missing folder', 'nowhere/backup.db', /no such file or directory/],
])('no backup is made %s, and nothing is left behind', async (_, name, problem) => {
  const { folder, database } = fresh();
  writeFileSync(join(folder, 'taken.db'), 'mine');
  await database.ping();
  const before = readdirSync(folder);
  await expect(database.backup(join(folder, name))).rejects.toThrow(problem);
  expect(readdirSync(folder).filter((file) => !file.startsWith('vestibule.db'))).toEqual(
    before.filter((file) => !file.startsWith('vestibule.db')),
  );
  expect(readFileSync(join(folder, 'taken.db'), 'utf8')).toBe('mine');
});

test('a database of an earlier version is backed up as it is, and stays so', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'old.db');
  const old = new Database(path);
  old.exec(MIGRATIONS[0] ?? '');
  old.pragma('user_version = 1');
  old.close();
  backUpFile(path, join(folder, 'backup.db'));
  for (const file of [path, join(folder, 'backup.db')]) {
    const database = new Database(file, { readonly: true });
    expect(database.pragma('user_version', { simple: true })).toBe(1);
    database.close();
  }
  expect(() => backUpFile(join(folder, 'nowhere.db'), join(folder, 'b.db'))).toThrow();
  expect(readdirSync(folder).toSorted()).toEqual(['backup.db', 'old.db']);
});

test('a closed database makes no backup', async () => {
  const { folder, database } = fresh();
  await database.close();
  await expect(database.backup(join(folder, 'backup.db'))).rejects.toThrow(/is closed/);
  expect(readdirSync(folder)).toEqual(['vestibule.db']);
});

test('a database in memory has no backup', async () => {
  const database = open({ path: ':memory:' });
  await expect(database.backup('/nowhere')).rejects.toThrow('A database in memory has no backup.');
});

const code = {
  grantId: 'g',
  clientId: 'app',
  subject: 'ada',
  redirectUri: 'https://app.example/cb',
  refreshable: true,
  codeChallenge: 'c',
  resource: 'https://a',
  scopes: [],
  authentication: { at: 0, methods: [] },
};
