import { createNarrator, handshake } from '@vestibule/example-agent';
import { type Database, openDatabase } from '@vestibule/postgres';
import type { OpenedConnection } from '@vestibule/store-testkit';
import { testStores } from '@vestibule/store-testkit/vitest';
import { freePort } from '@vestibule/testing/port';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADA, OPEN_SEED } from '../test/support/app.ts';
import { startProcess } from '../test/support/process.ts';
import { writeSeed } from '../test/support/seed-file.ts';
import { openStores } from './open-stores.ts';
import { type Pooled, startPooled } from './pgbouncer.ts';

let started: Pooled | undefined;
beforeAll(async () => {
  started = await startPooled();
});
afterAll(() => started?.stop());

function pooled(): Pooled {
  if (started === undefined) throw new Error('PgBouncer is not running.');
  return started;
}

/** Empties all tables, the counters of active clients last: deleting clients changes them. */
const CLEAR = `
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT table_name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_name <> 'schema_version'
      ORDER BY table_name = 'active_clients'
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
  END $$`;

interface Kept {
  readonly url: string;
  readonly opened: OpenedConnection;
  readonly administrator: Database;
}

const free: Kept[] = [];
const all: OpenedConnection[] = [];
const administrators: Database[] = [];
afterAll(async () => {
  await Promise.all([...all.map((opened) => opened.close()), ...administrators.map((one) => one.close())]);
});

async function open(url: string): Promise<OpenedConnection> {
  const opened = await openStores(url);
  all.push(opened);
  return opened;
}

async function newDatabase(): Promise<Kept> {
  const { pooled: url, direct } = await pooled().createDatabase();
  const administrator = await openDatabase({ url: direct, maxConnections: 1 });
  administrators.push(administrator);
  return { url, opened: await open(url), administrator };
}

/** Like the tests of `postgres` itself, with a database for each case instead of a schema. */
testStores('PostgreSQL through PgBouncer', {
  open: async () => {
    const kept = free.pop() ?? (await newDatabase());
    return {
      stores: kept.opened.stores,
      connect: async () => {
        const other = await openStores(kept.url);
        return { stores: other.stores, close: () => other.close() };
      },
      elsewhere: { module: import.meta.resolve('./open-stores.ts'), argument: kept.url },
      close: async () => {
        await kept.administrator.query({ text: CLEAR });
        free.push(kept);
      },
    };
  },
});

test('statements of several connections share few connections to the server, with the timeouts of the role', async () => {
  const { pooled: url } = await pooled().createDatabase();
  const databases = await Promise.all(Array.from({ length: 6 }, () => openDatabase({ url })));
  const asked = databases.flatMap((database) =>
    Array.from({ length: 10 }, () =>
      database.query<{ readonly pid: number; readonly timeout: string }>({
        name: 'who',
        text: `SELECT pg_backend_pid() AS pid, current_setting('statement_timeout') AS timeout, pg_sleep(0.02)`,
      }),
    ),
  );
  const rows = (await Promise.all(asked)).flatMap((result) => result.rows);
  expect(new Set(rows.map(({ timeout }) => timeout))).toEqual(new Set(['10s']));
  expect(new Set(rows.map(({ pid }) => pid)).size).toBeLessThanOrEqual(20);
  await Promise.all(databases.map((database) => database.close()));
});

test('an agent attaches to a node whose database is behind PgBouncer', async () => {
  const { pooled: url } = await pooled().createDatabase();
  const port = String(await freePort());
  const app = startProcess(['start'], {
    PORT: port,
    DATABASE_URL: url,
    SEED: await writeSeed(JSON.stringify(OPEN_SEED)),
  });
  await app.said('serves the realm');
  const server = new URL(`http://localhost:${port}/mcp`);
  for (let round = 0; round < 3; round += 1) {
    expect(await handshake({ server, person: ADA, narrator: createNarrator(() => undefined) })).not.toBe('');
  }
  expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200);
  app.process.kill('SIGTERM');
  expect(await app.exit).toBe(0);
});
