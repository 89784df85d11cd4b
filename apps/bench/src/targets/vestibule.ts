import { freePort } from '@vestibule/testing/port';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { APP_BIN, describeCheckout } from './built-app.ts';
import { openDurablePostgres } from './durable-postgres.ts';
import { launch, type RunningServer } from './running-server.ts';
import { API, measuredRealm, PERSON } from './measured-realm.ts';
import { describeClients } from './described-clients.ts';
import { ALL_OPERATIONS, type Operation, type Place, RESOURCE, SCOPE, type Target } from './target.ts';

/** An https issuer, as behind a proxy: with a loopback issuer people sign in each time. */
const ISSUER = 'https://as.example';
const METADATA = '/.well-known/oauth-authorization-server';

/** The reference app on SQLite, which waits for the disk at each commit. */
export const VESTIBULE: Target = vestibule({
  name: 'vestibule',
  storage: 'SQLite WAL FULL',
  open: async ({ folder }) => ({ url: `sqlite:${join(folder, 'vestibule.db')}`, nodes: 1 }),
});

/** The same, but it stores a client when a person first approves it, so a registration alone does not wait for the disk. */
export const VESTIBULE_DEFERRED: Target = vestibule({
  name: 'vestibule-deferred',
  storage: 'SQLite WAL FULL; a client is stored at its first approval',
  realm: measuredRealm({ persistence: 'deferred' }),
  operations: ['register', 'flow'],
  open: async ({ folder }) => ({ url: `sqlite:${join(folder, 'vestibule.db')}`, nodes: 1 }),
});

/** One node beside its PostgreSQL. */
export const VESTIBULE_POSTGRES: Target = vestibule({
  name: 'vestibule-postgres',
  storage: 'PostgreSQL, fsync and synchronous_commit on',
  open: async () => ({ ...(await openDurablePostgres()), nodes: 1 }),
});

/** Three nodes on one PostgreSQL, with one issuer. */
export const VESTIBULE_CLUSTER: Target = vestibule({
  name: 'vestibule-cluster',
  storage: 'three nodes on one PostgreSQL, fsync and synchronous_commit on',
  open: async () => ({ ...(await openDurablePostgres()), nodes: 3 }),
});

/** What the nodes of a server share. */
interface Opened {
  readonly url: string;
  readonly nodes: number;
  readonly processes?: () => readonly number[];
  readonly close?: () => Promise<void>;
}

interface Described {
  readonly name: string;
  readonly storage: string;
  /** @default the measured realm with its defaults */
  readonly realm?: object;
  /** @default all of them */
  readonly operations?: readonly Operation[];
  readonly open: (place: Place) => Promise<Opened>;
}

function vestibule(described: Described): Target {
  const { name, storage, realm = measuredRealm(), operations = ALL_OPERATIONS, open } = described;
  return {
    name,
    storage,
    notes: ['a consent form for each client, audit events, limits (raised for the measurement)'],
    versions: describeCheckout,
    operations,
    metadataPath: METADATA,
    behavior: { scope: SCOPE, resource: RESOURCE, person: PERSON, sessions: 8 },
    async start(place) {
      const opened = await open(place);
      try {
        return await startNodes(name, place, realm, opened);
      } catch (error) {
        await opened.close?.();
        throw error;
      }
    },
  };
}

async function startNodes(name: string, place: Place, realm: object, opened: Opened): Promise<RunningServer> {
  const { folder, node } = place;
  // Several nodes and their database share all cores.
  const core = opened.nodes === 1 ? place.core : undefined;
  const seed = join(folder, 'seed.json');
  writeFileSync(seed, JSON.stringify(realm));
  const env = { ISSUER, HOST: '127.0.0.1', DATABASE_URL: opened.url, SEED: seed, LOG_LEVEL: 'warn' };
  const nodes: RunningServer[] = [];
  for (let index = 0; index < opened.nodes; index += 1) {
    const port = index === 0 ? place.port : await freePort();
    const started = await launch({
      name,
      command: [node, APP_BIN, 'start'],
      env: { ...env, PORT: String(port) },
      folder,
      address: `http://127.0.0.1:${port}`,
      origin: ISSUER,
      metadataPath: METADATA,
      ...(core !== undefined && { core }),
    });
    nodes.push(started);
  }
  return {
    addresses: nodes.flatMap(({ addresses }) => addresses),
    origin: ISSUER,
    folder,
    startMs: Math.max(...nodes.map(({ startMs }) => startMs)),
    processes: () => nodes.flatMap(({ processes }) => processes()),
    databaseProcesses: () => opened.processes?.() ?? [],
    introspector: () => createApiSecret(node, env),
    describeClients: (count) => describeClients(opened.url, count),
    hasExited: () => nodes.some(({ hasExited }) => hasExited()),
    async stop() {
      await Promise.all(nodes.map(({ stop }) => stop()));
      await opened.close?.();
    },
  };
}

/** Creates the secret of the measured API with the command line, as an operator does. */
async function createApiSecret(node: string, env: Readonly<Record<string, string>>): Promise<string> {
  const { PATH = '' } = process.env;
  const { stdout } = await promisify(execFile)(node, [APP_BIN, 'apis', 'secret', API], {
    env: { PATH, ...env },
  });
  const secret = /vas_[\w-]+/.exec(stdout)?.[0];
  if (secret === undefined) throw new Error(`vestibule apis secret printed no secret:\n${stdout}`);
  return `Basic ${Buffer.from(`${API}:${secret}`).toString('base64')}`;
}
