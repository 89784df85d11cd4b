import { join } from 'node:path';
import { newDataFolder, newPostgresServer } from './postgres-server.ts';

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
  const folder = newDataFolder();
  const settings = { fsync: fsync ? 'on' : 'off' };
  const { server, url, output } = await newPostgresServer(join(folder.path, 'data'), settings);
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${output()}`, { cause: error });
  }
  return {
    url,
    stop: () => server.stop(),
    start: () => server.start(),
    remove: async () => {
      await server.stop();
      folder.remove();
    },
  };
}
