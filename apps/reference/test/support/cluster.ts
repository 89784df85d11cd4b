import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { startPostgres } from '@vestibule/testing/postgres';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Addresses, type SeedFile } from './app.ts';
import { startBalancer } from './balancer.ts';
import { type StartedProcess, startProcess } from './process.ts';

/** Several processes of the reference app on one PostgreSQL, behind one address. */
export interface Cluster extends Addresses {
  readonly databaseUrl: string;
  /** How many responses of the nodes had each status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** The statuses of `/readyz` of each node. */
  ready(): Promise<number[]>;
  /** One running node. */
  node(index: number): StartedProcess;
  /** Starts a node again that has ended. */
  restart(index: number): Promise<void>;
}

/** Starts the given number of nodes at once, on an empty database. @default a new one */
export async function startCluster(size: number, seed: SeedFile, database?: string): Promise<Cluster> {
  const databaseUrl = database ?? (await newDatabase());
  const seedFile = join(temporaryFolder(), 'seed.json');
  await writeFile(seedFile, JSON.stringify(seed));

  const front = await freePort();
  const ports = await Promise.all(Array.from({ length: size }, () => freePort()));
  const { url: issuer, statuses } = await startBalancer(front, ports);
  const start = async (port: number): Promise<StartedProcess> => {
    const env = { PORT: String(port), HOST: '127.0.0.1', ISSUER: issuer, TRUST_PROXY: '1' };
    const app = startProcess(['start'], {
      ...env,
      DATABASE_URL: databaseUrl,
      SEED: seedFile,
      LOG_LEVEL: 'warn',
    });
    await app.said('serves the realm');
    return app;
  };
  const nodes = await Promise.all(ports.map(start));
  return {
    issuer,
    notes: new URL('/mcp', issuer),
    databaseUrl,
    statuses,
    ready: () =>
      Promise.all(ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/readyz`)).status)),
    node: (index) => {
      const node = nodes[index];
      if (node === undefined) throw new Error(`There is no node ${index}.`);
      return node;
    },
    async restart(index) {
      const port = ports[index];
      if (port !== undefined) nodes[index] = await start(port);
    },
  };
}

async function newDatabase(): Promise<string> {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  return postgres.createDatabase();
}
