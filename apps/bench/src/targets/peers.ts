import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { approveAtBetterAuth, signUpAtBetterAuth } from './better-auth.ts';
import { launch } from './running-server.ts';
import { PERSON } from './measured-realm.ts';
import { type Behavior, type Operation, RESOURCE, SCOPE, type Target } from './target.ts';
import { versionOf } from './versions.ts';

/** Where `bench setup` installs the peers. The workspace does not contain it. */
export const PEERS_FOLDER = fileURLToPath(new URL('../../peers/', import.meta.url));

/** Whether `bench setup` has run. */
export const arePeersInstalled = (): boolean =>
  existsSync(join(PEERS_FOLDER, 'node_modules', 'oidc-provider'));

const WITHOUT_INTROSPECTION: readonly Operation[] = ['metadata', 'register', 'flow', 'refresh'];

/** Servers that people could use instead, from npm. */
export const PEERS: readonly Target[] = [
  oidcProvider('oidc-memory', 'a Map, nothing durable', { STORE: 'memory' }),
  oidcProvider('oidc-sqlite', 'SQLite WAL NORMAL: a power cut loses the last commits', {
    SYNCHRONOUS: 'NORMAL',
  }),
  oidcProvider('oidc-sqlite-full', 'SQLite WAL FULL, one commit for each write', { SYNCHRONOUS: 'FULL' }),
  peer({
    name: 'better-auth',
    program: 'better-auth.mjs',
    storage: 'SQLite WAL NORMAL: a power cut loses the last commits',
    packages: ['better-auth', '@better-auth/oauth-provider', 'better-sqlite3'],
    notes: ['no consent page of its own: the load approves through its JSON API', 'rate limits are off'],
    metadataPath: '/.well-known/oauth-authorization-server/api/auth',
    behavior: {
      scope: `${SCOPE} offline_access`,
      resource: RESOURCE,
      person: PERSON,
      sessions: 8,
      signIn: signUpAtBetterAuth,
      answer: approveAtBetterAuth,
    },
  }),
  peer({
    name: 'mcp-sdk',
    program: 'mcp-sdk.mjs',
    storage: 'a Map, nothing durable',
    packages: ['@modelcontextprotocol/sdk', 'express'],
    notes: [
      'no sign-in, no consent: every authorization request is approved',
      'opaque tokens, not signed',
      'its demo provider, with rotating refresh tokens added; rate limits are off',
    ],
    behavior: { scope: SCOPE, resource: RESOURCE, person: PERSON, sessions: 1 },
  }),
];

interface Peer {
  readonly name: string;
  readonly program: string;
  readonly storage: string;
  readonly packages: readonly string[];
  readonly notes: readonly string[];
  readonly metadataPath?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly behavior: Behavior;
}

function oidcProvider(name: string, storage: string, env: Readonly<Record<string, string>>): Target {
  return peer({
    name,
    program: 'oidc-provider.mjs',
    storage,
    packages: ['oidc-provider', 'better-sqlite3'],
    notes: [
      'no sign-in or consent page of its own: forms of the measurement, with a plain password',
      'no audit, no limits',
      'cannot introspect its JWT access tokens',
    ],
    env,
    behavior: { scope: SCOPE, resource: RESOURCE, person: PERSON, sessions: 8 },
  });
}

function peer(described: Peer): Target {
  const { name, storage, notes, packages, behavior } = described;
  const metadataPath = described.metadataPath ?? '/.well-known/oauth-authorization-server';
  return {
    name,
    storage,
    notes,
    versions: () => versionOf(createRequire(join(PEERS_FOLDER, described.program)), packages),
    operations: WITHOUT_INTROSPECTION,
    metadataPath,
    behavior,
    start: ({ folder, port, node, core }) =>
      launch({
        name,
        command: [node, join(PEERS_FOLDER, described.program)],
        env: { PORT: String(port), FOLDER: folder, RESOURCE, SCOPE, ...PERSON_ENV, ...described.env },
        folder,
        address: `http://127.0.0.1:${port}`,
        metadataPath,
        ...(core !== undefined && { core }),
      }),
  };
}

const PERSON_ENV = { PERSON: PERSON.username, PASSWORD: PERSON.password };
