import { descendantsNamed } from '../machine/process-tree.ts';

/** A PostgreSQL whose commits wait for the disk. */
export interface DurablePostgres {
  /** The URL of an empty database. */
  readonly url: string;
  /** Its processes; none if it was not started here. */
  readonly processes: () => readonly number[];
  readonly close: () => Promise<void>;
}

/**
 * The empty database at `DATABASE_URL` if that is set, otherwise one from npm that is started for this. It may use every
 * core.
 */
export async function openDurablePostgres(): Promise<DurablePostgres> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && /^postgres(?:ql)?:/.test(given)) {
    return { url: given, processes: () => [], close: async () => undefined };
  }
  // Loaded only here: the package of the server changes how the process ends.
  const { startOwnPostgres } = await import('@vestibule/testing/own-postgres');
  const own = await startOwnPostgres({ fsync: true });
  return {
    url: own.url,
    processes: () => descendantsNamed(process.pid, 'postgres'),
    close: () => own.remove(),
  };
}
