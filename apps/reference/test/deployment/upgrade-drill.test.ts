import { openDatabase } from '@vestibule/postgres';
import { startPostgres } from '@vestibule/testing/postgres';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { callMain } from '../support/call-main.ts';
import { connectAgent, newInstallation, refresh } from './drills.ts';

async function used(databaseUrl: (folder: string) => string) {
  const installation = await newInstallation();
  writeFileSync(join(installation.folder, 'secret'), randomBytes(32).toString('base64url'), { mode: 0o600 });
  const url = databaseUrl(installation.folder);
  const app = await installation.start(url);
  const agent = await connectAgent(installation.addresses);
  app.process.kill('SIGTERM');
  expect(await app.exit).toBe(0);
  return { ...installation, url, agent };
}

test('a SQLite database of a newer version is refused, and not changed', async () => {
  const { folder, url, envOf } = await used((at) => `sqlite:${join(at, 'a.db')}`);
  const path = join(folder, 'a.db');
  const database = new DatabaseSync(path);
  const known = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  database.exec(`PRAGMA user_version = ${known + 1}; PRAGMA wal_checkpoint(TRUNCATE)`);
  database.close();
  const before = readFileSync(path);
  for (const command of [['start'], ['gates']]) {
    const { code, output } = await callMain(command, envOf(url));
    expect(code).toBe(1);
    expect(output).toContain(
      `The database has schema ${known + 1}; this version of Vestibule knows schemas up to ${known}. Start the version that wrote it, or a newer one.`,
    );
  }
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a PostgreSQL database of a newer version is refused unless that is marked as compatible', async () => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const created = await postgres.createDatabase();
  const { addresses, url, envOf, start, agent } = await used(() => created);
  const database = await openDatabase({ url });
  onTestFinished(() => database.close());
  const { rows } = await database.query<{ readonly version: number }>({
    text: 'SELECT version FROM schema_version',
  });
  const known = rows[0]?.version ?? 0;
  const mark = (compatibleFrom: number) =>
    database.query({
      text: 'UPDATE schema_version SET version = $1, compatible_from = $2',
      values: [known + 1, compatibleFrom],
    });

  await mark(known + 1);
  const { code, output } = await callMain(['start'], envOf(url));
  expect(code).toBe(1);
  expect(output).toContain(
    `needs a version of Vestibule that knows schema ${known + 1}; this one knows schemas up to ${known}.`,
  );

  await mark(known);
  await start(url);
  expect(await refresh(addresses, agent)).toBe(200);
});
