import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/** Several nodes behind one address. */
export interface Cluster {
  /** The address to give to an agent. */
  readonly resource: string;
  readonly nodes: readonly ChildProcess[];
  stop(): void;
}

/** Which nodes, and what they share. */
export interface ClusterOptions {
  readonly database: string;
  /** Encrypts the signing keys in the database: 32 random bytes in base64url. */
  readonly keySecret: string;
  readonly port: number;
  readonly nodes: readonly number[];
}

/** Starts nodes on one database, and what stands in front of them. */
export async function startCluster(
  { database, keySecret, port, nodes: ports }: ClusterOptions,
  startFront: (port: number, nodes: readonly number[]) => Promise<() => void>,
): Promise<Cluster> {
  const issuer = `http://127.0.0.1:${port}`;
  const shared = { ...process.env, ISSUER: issuer, DATABASE_URL: database, KEY_SECRET: keySecret };
  const nodes = ports.map((own) =>
    spawn(process.execPath, [`${import.meta.dirname}/node.ts`], {
      env: { ...shared, PORT: String(own) },
      stdio: 'inherit',
    }),
  );
  await Promise.all(ports.map((own, index) => untilReady(`http://127.0.0.1:${own}/readyz`, nodes[index])));
  const stopFront = await startFront(port, ports);
  await untilReady(`${issuer}/readyz`);
  return {
    resource: `${issuer}/mcp`,
    nodes,
    stop: () => {
      stopFront();
      for (const node of nodes) node.kill();
    },
  };
}

async function untilReady(url: string, node?: ChildProcess): Promise<void> {
  const response = await fetch(url).catch(() => undefined);
  if (response?.ok === true) return;
  if (typeof node?.exitCode === 'number') throw new Error('A node did not start.');
  await setTimeout(100);
  await untilReady(url, node);
}
