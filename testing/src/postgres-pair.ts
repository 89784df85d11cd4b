import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { newDataFolder, newPostgresServer } from './postgres-server.ts';

/** A primary and its standby, which every commit waits for. */
export interface PostgresPair {
  /** The URL with both hosts, the primary first. */
  readonly url: string;
  readonly primary: string;
  readonly standby: string;
  /** Ends the primary as a crash does (SIGKILL). It cannot be started again. */
  killPrimary(): Promise<void>;
  /** Ends the standby, so that no commit on the primary is complete. */
  stopStandby(): Promise<void>;
  /** Resolves when the standby accepts writes. */
  promote(): Promise<void>;
  /** Stops both and deletes their data. */
  remove(): Promise<void>;
}

const STANDBY = 'standby';

/**
 * Starts two real PostgreSQL from npm with synchronous streaming replication, of which the second may be read.
 *
 * The standby is a copy of the folder of the primary from before it was started: a backup of a running server needs a program
 * that the package does not have.
 */
export async function startPostgresPair(): Promise<PostgresPair> {
  const folder = newDataFolder();
  const first = join(folder.path, 'primary');
  const second = join(folder.path, STANDBY);
  const primary = await newPostgresServer(first, { fsync: 'off', synchronous_standby_names: STANDBY });
  const standby = await newPostgresServer(second, {
    fsync: 'off',
    primary_conninfo: `host=localhost port=${primary.port} user=postgres password=postgres application_name=${STANDBY}`,
  });
  await primary.server.initialise();
  // With owner and permissions, which the server requires.
  execFileSync('cp', ['-a', first, second]);
  writeFileSync(join(second, 'standby.signal'), '');
  await primary.server.start();
  // It resolves when the standby is promoted, and rejects if it ends before.
  const promoted = standby.server.start().catch((cause: unknown) => {
    throw new Error(`The standby ended:\n${standby.output()}`, { cause });
  });
  promoted.catch(() => undefined);
  const isSynchronous = `SELECT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync') AS yes`;
  await Promise.race([untilTrue(primary.url, isSynchronous), promoted]);

  let isKilled = false;

  async function killPrimary(): Promise<void> {
    const [pid = ''] = readFileSync(join(first, 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGKILL');
    // In the same turn, so that it sees the end of the process.
    await primary.server.stop();
    isKilled = true;
  }
  const { port } = standby;
  return {
    url: primary.url.replace(/(?=\/postgres$)/, `,localhost:${port}`),
    primary: primary.url,
    standby: standby.url,
    killPrimary,
    stopStandby: () => standby.server.stop(),
    promote: () => Promise.race([untilTrue(standby.url, 'SELECT pg_promote() AS yes'), promoted]),
    remove: async () => {
      // A killed server leaves shared memory behind, which only its next start removes.
      if (isKilled) await primary.server.start();
      await Promise.all([primary.server.stop(), standby.server.stop()]);
      folder.remove();
    },
  };
}

/** Asks a server until it says `yes`. */
async function untilTrue(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // If the server stops first, the query reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<{ readonly yes: boolean }>(text);
      if (rows[0]?.yes === true) return;
    }
  } finally {
    await client.end();
  }
}
