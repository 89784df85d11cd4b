/**
 * Checks the packages as they would be published: packs them, runs publint and attw, compares their sizes with
 * `.size-limit.json`, installs them together in an empty folder and loads them.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packPackages, publishedPackages } from './installs/packed-packages.ts';

/** Peer dependencies of the packages. */
const PEERS = ['express@5', 'fastify@5', 'hono@4', 'vitest@5'];

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vestibule-packages-'));
const run = (cwd: string, command: string, ...options: readonly string[]): void => {
  execFileSync(command, options, { cwd, stdio: 'inherit' });
};

try {
  const packages = publishedPackages(root);
  const manifests = packages.map(({ manifest }) => manifest);
  for (const { name, exports, publishConfig } of manifests) {
    if (Object.keys(exports).join() !== Object.keys(publishConfig.exports).join()) {
      throw new Error(`${name} exports other paths in the repository than it will when it is published.`);
    }
  }
  const tarballs = packPackages(packages, folder).map(({ tarball }) => tarball);
  for (const tarball of tarballs) {
    run(root, 'publint', '--strict', tarball);
    run(root, 'attw', '--profile', 'esm-only', '--quiet', tarball);
  }
  run(root, 'size-limit');

  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', ...PEERS, ...tarballs);
  const paths = manifests.flatMap(({ name, exports }) =>
    Object.keys(exports).map((path) => join(name, path)),
  );
  writeFileSync(
    join(folder, 'load.js'),
    `${paths.map((path) => `console.log(${JSON.stringify(path)}, Object.keys(await import(${JSON.stringify(path)})).length);`).join('\n')}
const { createPages } = await import('@vestibule/consent-ui');
if (!createPages().problem({ realmName: 'x', problem: 'not-found' }).html.includes('<h1>')) throw new Error('no page');
const { openDatabase, createSqliteStores } = await import('@vestibule/sqlite');
const database = openDatabase({ path: 'loaded.db' });
createSqliteStores(database);
await database.ping();
await database.backup('backup.db');
await database.close();
`,
  );
  run(folder, 'node', 'load.js');
} finally {
  rmSync(folder, { recursive: true });
}
