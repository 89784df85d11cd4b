import { openDatabase } from '@vestibule/postgres';
import { freePort } from '@vestibule/testing/port';
import { startPostgres } from '@vestibule/testing/postgres';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL, and PgBouncer in front of it. */
export interface Pooled {
  /** Creates an empty database, and returns its URL at PgBouncer and at PostgreSQL itself. */
  createDatabase(): Promise<{ readonly pooled: string; readonly direct: string }>;
  stop(): Promise<void>;
}

const DOCUMENTED = new URL('../deployment/pgbouncer/pgbouncer.ini', import.meta.url);

/** What the page about PgBouncer says to run once. */
const ROLE_SETTINGS = [
  `ALTER ROLE CURRENT_USER SET statement_timeout = '10s'`,
  `ALTER ROLE CURRENT_USER SET idle_in_transaction_session_timeout = '10s'`,
];

/** Starts `pgbouncer` with the documented configuration, in which only addresses, files and the names of databases are changed. */
export async function startPooled(): Promise<Pooled> {
  const postgres = await startPostgres();
  const server = new URL(await postgres.createDatabase());
  const administrator = await openDatabase({ url: server.href });
  for (const text of ROLE_SETTINGS) await administrator.query({ text });
  await administrator.close();

  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-pgbouncer-'));
  chmodSync(folder, 0o755);
  const users = join(folder, 'userlist.txt');
  writeFileSync(users, `"${server.username}" "${server.password}"\n`);
  const file = join(folder, 'pgbouncer.ini');
  const text = readFileSync(DOCUMENTED, 'utf8')
    .replace(/^vestibule = .*$/m, `* = host=127.0.0.1 port=${server.port}`)
    .replace(/^listen_port = .*$/m, `listen_port = ${port}\nunix_socket_dir =`)
    .replace(/^auth_file = .*$/m, `auth_file = ${users}`);
  writeFileSync(file, text);
  // It refuses to run as root.
  const account = process.getuid?.() === 0 ? ['--user=nobody'] : [];
  const pgbouncer = spawn('pgbouncer', [...account, file], {
    env: { PATH: `${process.env['PATH']}:/usr/sbin` },
  });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    pgbouncer.on('error', reject);
    pgbouncer.on('exit', (code) => reject(new Error(`PgBouncer ended with ${code}:\n${output}`)));
    pgbouncer.stderr.on('data', (said: unknown) => {
      output += String(said);
      if (output.includes('process up')) resolve();
    });
  });
  return {
    async createDatabase() {
      const direct = await postgres.createDatabase();
      const pooled = new URL(direct);
      pooled.hostname = '127.0.0.1';
      pooled.port = String(port);
      return { pooled: pooled.href, direct };
    },
    async stop() {
      pgbouncer.removeAllListeners('exit').kill('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
      await postgres.stop();
    },
  };
}
