import { freePort } from '@vestibule/testing/port';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signal } from '../machine/process-tree.ts';
import type { RunningServer } from '../targets/running-server.ts';
import type { Target } from '../targets/target.ts';

/** Starts servers, each with its own folder, and stops all that still run at the end. */
export interface Servers {
  readonly start: (target: Target) => Promise<RunningServer>;
  /** Stops a server and deletes its data. */
  readonly stop: (server: RunningServer) => Promise<void>;
  readonly stopAll: () => Promise<void>;
}

export function createServers({ core }: { readonly core: number | undefined }): Servers {
  const running = new Set<RunningServer>();
  const folders = new Set<string>();
  const removeFolder = (folder: string): void => {
    rmSync(folder, { recursive: true, force: true });
    folders.delete(folder);
  };
  // If the process is told to end, even while a server starts. The processes have been killed by then.
  process.once('exit', () => folders.forEach(removeFolder));

  async function start(target: Target): Promise<RunningServer> {
    const folder = mkdtempSync(
      join(process.env['BENCH_FOLDER'] ?? tmpdir(), `vestibule-bench-${target.name}-`),
    );
    folders.add(folder);
    try {
      const port = await freePort();
      const place = { folder, port, node: process.execPath, ...(core !== undefined && { core }) };
      const server = await target.start(place);
      running.add(server);
      return { ...server, stop: () => end(server, folder) };
    } catch (error) {
      removeFolder(folder);
      throw error;
    }
  }

  async function end(server: RunningServer, folder: string): Promise<void> {
    if (!running.delete(server)) return;
    await server.stop();
    removeFolder(folder);
  }

  return {
    start,
    stop: (server) => server.stop(),
    async stopAll() {
      await Promise.all([...running].map((server) => end(server, server.folder)));
    },
  };
}

/** Stops the processes of a server while others are measured, so that their timers cost nothing. */
export const pause = (server: Pick<RunningServer, 'processes'>): void =>
  signal(server.processes(), 'SIGSTOP');
export const resume = (server: Pick<RunningServer, 'processes'>): void =>
  signal(server.processes(), 'SIGCONT');
