import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { onCore } from '../machine/cores.ts';
import type { KnownClient } from '../oauth/known-client.ts';
import { processTree, signal } from '../machine/process-tree.ts';

/** A started server, of one or more processes. */
export interface RunningServer {
  /** Where its nodes listen. */
  readonly addresses: readonly string[];
  /** What it calls itself. */
  readonly origin: string;
  /** Its data. */
  readonly folder: string;
  /** From the start of the process to the first response with metadata, in milliseconds. */
  readonly startMs: number;
  /** The processes that serve requests. */
  readonly processes: () => readonly number[];
  /** The processes of its database, if that is not one of them. */
  readonly databaseProcesses: () => readonly number[];
  /** The `Authorization` header of an API that introspects. Absent if the server cannot introspect. */
  readonly introspector?: () => Promise<string>;
  /** Stores so many clients with metadata documents. Absent if the server has no such clients. */
  readonly describeClients?: (count: number) => Promise<readonly KnownClient[]>;
  readonly hasExited: () => boolean;
  readonly stop: () => Promise<void>;
}

/** A command that starts a server. */
export interface Launch {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly address: string;
  /** What the server calls itself; its address if absent. */
  readonly origin?: string;
  readonly metadataPath: string;
  readonly core?: number;
}

const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 5_000;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) signal(processTree(child.pid ?? 0), 'SIGKILL');
});

/** Starts a server, and waits until it responds. Throws with the end of its log if it does not. */
export async function launch(given: Launch): Promise<RunningServer> {
  const logFile = join(given.folder, 'server.log');
  const log = openSync(logFile, 'a');
  const [program = '', ...options] = onCore(given.core, given.command);
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const began = performance.now();
  const child = spawn(program, options, {
    cwd: given.folder,
    env: { PATH, HOME, ...(TMPDIR !== undefined && { TMPDIR }), NODE_ENV: 'production', ...given.env },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  running.add(child);
  let exited = false;
  const exit = new Promise<void>((resolve) => {
    const ended = (): void => {
      exited = true;
      running.delete(child);
      resolve();
    };
    child.once('error', ended);
    child.once('exit', ended);
  });
  const server: RunningServer = {
    addresses: [given.address],
    origin: given.origin ?? given.address,
    folder: given.folder,
    startMs: 0,
    processes: () => (exited || child.pid === undefined ? [] : processTree(child.pid)),
    databaseProcesses: () => [],
    hasExited: () => exited,
    async stop() {
      if (exited || child.pid === undefined) return;
      const pids = processTree(child.pid);
      signal(pids, 'SIGCONT');
      child.kill('SIGTERM');
      await Promise.race([exit, wait(STOPPED_WITHIN_MS, undefined, { ref: false })]);
      signal(pids, 'SIGKILL');
      await exit;
    },
  };
  const problem = await untilReady(given, () => exited, began);
  if (problem === undefined) return { ...server, startMs: performance.now() - began };
  await server.stop();
  throw new Error(`${given.name} did not start: ${problem}\n${readFileSync(logFile, 'utf8').slice(-2_000)}`);
}

/** Asks for the metadata until it is there. Returns what is wrong if it never is. */
async function untilReady(
  given: Launch,
  hasExited: () => boolean,
  began: number,
): Promise<string | undefined> {
  while (performance.now() - began < READY_WITHIN_MS) {
    if (hasExited()) return 'the process ended';
    if ((await statusOf(given)) === '200') return undefined;
    await wait(1);
  }
  return `no response with 200 at ${given.metadataPath} within ${READY_WITHIN_MS / 1_000} seconds`;
}

/** The status of the metadata document on a new connection, empty if nothing listens yet. */
async function statusOf({ address, origin, metadataPath }: Launch): Promise<string> {
  const { hostname, port } = new URL(address);
  const socket = connect({ host: hostname, port: Number(port) });
  try {
    socket.setTimeout(5_000, () => socket.destroy(new Error('timeout')));
    await once(socket, 'connect');
    const { host } = new URL(origin ?? address);
    socket.write(`GET ${metadataPath} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    const [first]: unknown[] = await once(socket, 'data');
    return String(first).slice(9, 12);
  } catch {
    return '';
  } finally {
    socket.destroy();
  }
}
