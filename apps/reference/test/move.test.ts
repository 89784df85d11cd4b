import { openDatabase } from '@vestibule/postgres';
import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { startPostgres, type TestPostgres } from '@vestibule/testing/postgres';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { OPEN_SEED } from './support/app.ts';
import { callMain } from './support/call-main.ts';
import { approve, authorizeUrl, exchange, register, token } from './support/oauth.ts';
import { type StartedProcess, startProcess } from './support/process.ts';

const REDIRECT_URI = 'http://localhost:8090/callback';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

async function stopped(app: StartedProcess): Promise<void> {
  app.process.kill('SIGTERM');
  expect(await app.exit).toBe(0);
}

/** An app on a SQLite file with a connected agent, and a function that starts it again on another database. */
async function usedApp() {
  const folder = temporaryFolder();
  const seed = join(folder, 'seed.json');
  await writeFile(seed, JSON.stringify(OPEN_SEED));
  const port = String(await freePort());
  const issuer = `http://localhost:${port}`;
  const addresses = { issuer, notes: new URL('/mcp', issuer) };
  const sqlite = `sqlite:${join(folder, 'a.db')}`;
  const keys = { KEY_ENCRYPTION_KEY_FILE: join(folder, 'a.db.key') };
  const envOf = (databaseUrl: string, more: Readonly<Record<string, string>>) => ({
    PORT: port,
    DATABASE_URL: databaseUrl,
    SEED: seed,
    ...more,
  });
  const startWith = (databaseUrl: string, more: Readonly<Record<string, string>>) =>
    startProcess(['start'], envOf(databaseUrl, more));
  /** Starts the app where it is refused. */
  const refusedWith = (databaseUrl: string, more: Readonly<Record<string, string>>) =>
    callMain(['start'], envOf(databaseUrl, more));
  const start = async (databaseUrl: string) => {
    const isTheFirst = databaseUrl === sqlite;
    const app = startWith(databaseUrl, isTheFirst ? {} : keys);
    await app.said('serves the realm');
    return app;
  };
  const app = await start(sqlite);
  const { body: client } = await register(addresses, {
    redirect_uris: [REDIRECT_URI],
    client_name: 'Möwe 🐦',
  });
  const url = authorizeUrl(addresses, client.client_id, { redirect_uri: REDIRECT_URI });
  const { body: tokens } = await exchange(addresses, client.client_id, REDIRECT_URI, await approve(url));
  return { folder, addresses, sqlite, start, startWith, refusedWith, app, client, tokens, url };
}

describe('a move from SQLite to PostgreSQL', () => {
  test('keeps tokens, clients and people working', async () => {
    const { addresses, sqlite, start, app, client, tokens, url } = await usedApp();
    await stopped(app);
    const target = await postgres.createDatabase();
    const moving = await callMain(['move', sqlite, target]);
    expect(moving.code).toBe(0);
    expect(moving.output).toMatch(/clients +1 of 1\n/);
    expect(moving.output).toMatch(/Moved \d+ rows to postgres:\/\/localhost and verified them/);

    await start(target);
    const fields = { grant_type: 'refresh_token', client_id: client.client_id };
    expect(await token(addresses, { ...fields, refresh_token: tokens.refresh_token })).toMatchObject({
      status: 200,
    });
    const again = await exchange(addresses, client.client_id, REDIRECT_URI, await approve(url));
    expect(again).toMatchObject({ status: 200 });
  });

  test('does not copy the key file, without which the app does not start', async () => {
    const { folder, sqlite, refusedWith, app } = await usedApp();
    await stopped(app);
    const target = await postgres.createDatabase();
    const moving = await callMain(['move', sqlite, target]);
    expect(moving.code).toBe(0);
    expect(moving.output).toContain(`KEY_ENCRYPTION_KEY_FILE=${join(folder, 'a.db.key')}`);
    const without = await refusedWith(target, {});
    expect(without.code).toBe(1);
    expect(without.output).toContain('Set KEY_ENCRYPTION_KEY or KEY_ENCRYPTION_KEY_FILE');
    const another = await refusedWith(target, {
      KEY_ENCRYPTION_KEY: Buffer.alloc(32).toString('base64url'),
    });
    expect(another.code).toBe(1);
    expect(another.output).toContain('cannot be decrypted');
  });

  test('changes nothing when it is repeated', async () => {
    const { sqlite, app } = await usedApp();
    await stopped(app);
    const target = await postgres.createDatabase();
    expect((await callMain(['move', sqlite, target])).code).toBe(0);
    const again = await callMain(['move', sqlite, target]);
    expect(again.code).toBe(0);
    expect(again.output).toContain('already contains the same data. Nothing was changed.');
  });

  test('refuses a database that contains other data and does not change it', async () => {
    const [one, other] = [await usedApp(), await usedApp()];
    await stopped(one.app);
    await stopped(other.app);
    const target = await postgres.createDatabase();
    expect((await callMain(['move', one.sqlite, target])).code).toBe(0);
    const moving = await callMain(['move', other.sqlite, target]);
    expect(moving.code).toBe(1);
    expect(moving.output).toMatch(/already contains other data, in the table \w+\. Nothing was changed\./);
    const database = await openDatabase({ url: target });
    onTestFinished(() => database.close());
    expect((await database.query({ text: 'SELECT id FROM clients' })).rows).toEqual([
      { id: one.client.client_id },
    ]);
  });

  test('is refused while the app has the file open', async () => {
    const { sqlite } = await usedApp();
    const moving = await callMain(['move', sqlite, await postgres.createDatabase()]);
    expect(moving.code).toBe(1);
    expect(moving.output).toContain('open. Stop it first');
  });

  test.each([
    ['from a file that does not exist', ['sqlite:/nowhere/a.db', 'postgres://h/d'], 'There is no database'],
    ['the wrong way round', ['postgres://h/d', 'sqlite:./a.db'], 'A move goes from SQLite to PostgreSQL'],
    ['to an unsupported database', ['sqlite:./a.db', 'mysql://u:secret@h/d'], 'mysql:… must look like'],
  ])('is refused %s', async (_, addresses, words) => {
    const moving = await callMain(['move', ...addresses]);
    expect(moving.code).toBe(1);
    expect(moving.output).toContain(words);
    expect(moving.output).not.toContain('secret');
  });
});

describe('a backup', () => {
  test('can be copied from a running app and started from', async () => {
    const { folder, addresses, sqlite, start, app, client, tokens } = await usedApp();
    const file = join(folder, 'backup.db');
    const backing = await callMain(['backup', file], { DATABASE_URL: sqlite });
    expect(backing.code).toBe(0);
    expect(backing.output).toContain(`DATABASE_URL=sqlite:${file}`);
    await stopped(app);

    await start(`sqlite:${file}`);
    const fields = { grant_type: 'refresh_token', client_id: client.client_id };
    expect(await token(addresses, { ...fields, refresh_token: tokens.refresh_token })).toMatchObject({
      status: 200,
    });
  });

  test('is restored with the key file of the original database', async () => {
    const { folder, addresses, sqlite, startWith, refusedWith, app, client, tokens } = await usedApp();
    const file = join(folder, 'restored', 'backup.db');
    await mkdir(join(folder, 'restored'));
    const backing = await callMain(['backup', file], { DATABASE_URL: sqlite });
    expect(backing.code).toBe(0);
    await stopped(app);

    const without = await refusedWith(`sqlite:${file}`, {});
    expect(without.code).toBe(1);
    expect(without.output).toContain('in the file beside the original with the suffix .key.');
    expect(existsSync(`${file}.key`)).toBe(false);

    await copyFile(join(folder, 'a.db.key'), `${file}.key`);
    const restored = startWith(`sqlite:${file}`, {});
    await restored.said('serves the realm');
    const fields = { grant_type: 'refresh_token', client_id: client.client_id };
    expect(await token(addresses, { ...fields, refresh_token: tokens.refresh_token })).toMatchObject({
      status: 200,
    });
  });

  test.each([
    [
      'of a database that does not exist',
      'sqlite:/nowhere/a.db',
      'The database /nowhere/a.db does not exist.',
    ],
    ['of a PostgreSQL database', 'postgres://h/d', 'Back it up with PostgreSQL’s own tools: pg_dump'],
  ])('is refused %s', async (_, databaseUrl, words) => {
    const file = join(temporaryFolder(), 'backup.db');
    const backing = await callMain(['backup', file], { DATABASE_URL: databaseUrl });
    expect(backing.code).toBe(1);
    expect(backing.output).toContain(words);
    expect(existsSync(file)).toBe(false);
  });
});
