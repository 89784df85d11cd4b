import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { newDataFolder, newPostgresServer, type PostgresServer } from './postgres-server.ts';

/** A PostgreSQL that archives its WAL, and can be recovered to any moment since its base backup. */
export interface RecoverablePostgres {
  readonly url: string;
  /** Makes the base backup, while the server runs. */
  backUp(): Promise<void>;
  /** Names the current moment. */
  markMoment(name: string): Promise<void>;
  /** Stops the server, and starts another from the base backup and the archive. Returns its URL. */
  recoverTo(name: string): Promise<string>;
  /** Stops what runs and deletes all data. */
  remove(): Promise<void>;
}

/** Starts a real PostgreSQL from npm with an archive. It makes its base backup by SQL, because the package has no `pg_basebackup`. */
export async function startRecoverablePostgres(): Promise<RecoverablePostgres> {
  const folder = newDataFolder();
  const [data, copy, archive] = [
    join(folder.path, 'data'),
    join(folder.path, 'copy'),
    join(folder.path, 'archive'),
  ];
  mkdirSync(archive);
  // The server may run as another user.
  chmodSync(archive, 0o777);
  const first = await newPostgresServer(data, {
    fsync: 'off',
    archive_mode: 'on',
    archive_command: `cp %p ${archive}/%f`,
  });
  await first.server.initialise();
  await first.server.start();
  let running: PostgresServer = first;

  return {
    url: first.url,
    backUp: () =>
      withClient(first.url, async (client) => {
        await client.query(`SELECT pg_backup_start('drill', fast => true)`);
        execFileSync('cp', ['-a', data, copy]);
        for (const name of ['postmaster.pid', 'postmaster.opts', 'pg_wal']) {
          execFileSync('rm', ['-rf', join(copy, name)]);
        }
        const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop()');
        const walFolder = join(copy, 'pg_wal');
        mkdirSync(walFolder, { mode: 0o700 });
        writeFileSync(join(copy, 'backup_label'), rows[0]?.labelfile ?? '');
        writeFileSync(join(copy, 'recovery.signal'), '');
        execFileSync('chown', ['-R', `--reference=${data}`, copy]);
      }),
    markMoment: (name) =>
      withClient(
        first.url,
        async (client) => void (await client.query('SELECT pg_create_restore_point($1)', [name])),
      ),
    async recoverTo(name) {
      // It archives the rest when it stops.
      await withClient(first.url, async (client) => void (await client.query('SELECT pg_switch_wal()')));
      await first.server.stop();
      const second = await newPostgresServer(copy, {
        fsync: 'off',
        restore_command: `cp ${archive}/%f %p`,
        recovery_target_name: name,
        recovery_target_action: 'promote',
      });
      running = second;
      await second.server.start().catch((cause: unknown) => {
        throw new Error(`It was not recovered:\n${second.output()}`, { cause });
      });
      return second.url;
    },
    async remove() {
      await running.server.stop();
      folder.remove();
    },
  };
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
