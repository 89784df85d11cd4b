import { build } from 'esbuild';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

/** The path of the program for this computer. The package has no types. */
const { default: program }: { readonly default: string } = createRequire(import.meta.url)('workerd');

/** Options of {@link startWorker}. */
export interface WorkerOptions {
  /** @default a free one */
  readonly port?: number;
  /** The texts in the `env` of the Worker. @default none */
  readonly bindings?: Readonly<Record<string, string>>;
}

/** A Worker that runs in workerd, the runtime of Cloudflare Workers, and listens on this computer. */
export interface RunningWorker {
  /** Where it listens, such as `http://127.0.0.1:4711`. */
  readonly at: string;
  close(): Promise<void>;
}

/** Bundles a module whose default export is a Worker, and starts it. */
export async function startWorker(
  file: string,
  { port = 0, bindings = {} }: WorkerOptions = {},
): Promise<RunningWorker> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-worker-'));
  await build({
    entryPoints: [file],
    outfile: join(folder, 'worker.mjs'),
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker'],
    external: ['node:*'],
    logLevel: 'error',
  });
  writeFileSync(join(folder, 'config.capnp'), configOf(port, bindings));
  const child = spawn(program, ['serve', '--control-fd=3', join(folder, 'config.capnp')], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  // A test process that ends before `close` leaves nothing running.
  const end = (): boolean => child.kill('SIGKILL');
  process.once('exit', end);
  return {
    at: `http://127.0.0.1:${await portOf(child)}`,
    async close() {
      process.off('exit', end);
      // Another signal would let it wait for requests that have not ended.
      end();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}

/** Reads the port that workerd listens on. */
async function portOf(child: ChildProcess): Promise<number> {
  const messages = child.stdio[3];
  if (!(messages instanceof Readable)) throw new Error('workerd has no channel for messages.');
  for await (const line of createInterface({ input: messages })) {
    const message: { readonly event: string; readonly port?: number } = JSON.parse(line);
    if (message.event === 'listen' && message.port !== undefined) return message.port;
  }
  throw new Error('workerd has not started.');
}

/** A configuration of workerd, in the text format of Cap’n Proto. */
const configOf = (port: number, bindings: Readonly<Record<string, string>>): string => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.mjs", esModule = embed "worker.mjs")],
  compatibilityDate = "2026-07-01",
  compatibilityFlags = ["nodejs_compat"],
  bindings = [${Object.entries(bindings)
    .map(([name, text]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(text)})`)
    .join(', ')}],
);
`;
