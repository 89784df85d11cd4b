import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { versionOf } from './versions.ts';
import { launch } from './running-server.ts';
import type { Operation, Target } from './target.ts';

/** The reference of every ratio. */
export const REFERENCE = 'bare-express';

/** Servers that do no more than any server has to: what the machine allows. */
export const CEILINGS: readonly Target[] = [
  ceiling({ name: REFERENCE, program: 'bare-express.ts', storage: 'none', packages: ['express'] }),
  ceiling({ name: 'bare-http', program: 'bare-http.ts', storage: 'none', packages: [] }),
  ceiling({
    name: 'bare-http-insert',
    program: 'bare-http.ts',
    storage: 'SQLite WAL FULL, one insert',
    packages: ['better-sqlite3'],
    env: { STORE: 'sqlite' },
    operations: ['register'],
  }),
];

interface Ceiling {
  readonly name: string;
  readonly program: string;
  readonly storage: string;
  readonly packages: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly operations?: readonly Operation[];
}

function ceiling({ name, program, storage, packages, env = {}, operations }: Ceiling): Target {
  const metadataPath = '/.well-known/oauth-authorization-server';
  return {
    name,
    storage,
    notes: ['a ceiling: it echoes the registration, and is no authorization server'],
    versions: () => versionOf(createRequire(import.meta.url), packages),
    operations: operations ?? ['metadata', 'register'],
    metadataPath,
    start: ({ folder, port, node, core }) =>
      launch({
        name,
        command: [node, fileURLToPath(new URL(`../servers/${program}`, import.meta.url))],
        env: { PORT: String(port), FOLDER: folder, ...env },
        folder,
        address: `http://127.0.0.1:${port}`,
        metadataPath,
        ...(core !== undefined && { core }),
      }),
  };
}
