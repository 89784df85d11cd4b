import { startPostgres, type TestPostgres } from '@vestibule/testing/postgres';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase, Refused } from '../src/index.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-database-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe.each([
  ['a SQLite file', async () => `sqlite:${join(temporaryFolder(), 'a.db')}`],
  ['a SQLite database in memory', async () => 'sqlite::memory:'],
  ['PostgreSQL', () => postgres.createDatabase()],
])('%s', (_, createUrl) => {
  test('opens with empty stores and a limiter that counts', async () => {
    const { stores, limiter, ping, close } = await openDatabase(await createUrl());
    onTestFinished(close);
    await ping();
    expect(await stores.realms.list()).toEqual([]);
    const limit = { uses: 1, seconds: 3600 };
    expect((await limiter.consume('key', limit)).allowed).toBe(true);
    expect((await limiter.consume('key', limit)).allowed).toBe(false);
  });
});

test('opens a database by its location', async () => {
  const { ping, close } = await openDatabase({ kind: 'sqlite', path: ':memory:' });
  onTestFinished(close);
  await expect(ping()).resolves.toBeUndefined();
});

describe('a database that cannot be opened', () => {
  const refusal = async (url: string, namedBy?: string): Promise<string> => {
    const error: unknown = await openDatabase(url, namedBy === undefined ? {} : { namedBy }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Refused);
    return error instanceof Error ? error.message : '';
  };

  test('is refused with the form that a URL must have', async () => {
    expect(await refusal('./a.db')).toMatch(/^… must look like sqlite:\.\/vestibule\.db/);
  });

  test('is refused with what named it', async () => {
    expect(await refusal('file:./a.db', 'DATABASE_URL=')).toBe(
      'DATABASE_URL=file:… must begin with sqlite:, as in sqlite:./vestibule.db.',
    );
    expect(await refusal('postgres://ada:sesame@localhost:1/notes', 'DATABASE_URL=')).toMatch(
      /^DATABASE_URL=postgres:\/\/localhost: /,
    );
  });

  test('is refused with its path if it is not a database', async () => {
    const path = join(temporaryFolder(), 'a.db');
    writeFileSync(path, 'This file is not a database, and it is longer than a header of SQLite. '.repeat(20));
    expect(await refusal(`sqlite:${path}`)).toMatch(`sqlite:${path}: `);
  });

  test('is refused without its user name and password', async () => {
    expect(await refusal('postgres://ada:sesame@localhost:1/notes')).not.toMatch(/ada|sesame/);
  });
});
