/**
 * Puts what an image needs into a folder, and nothing else: the command, the bundle, and the packages with compiled files for this
 * platform. `pnpm install` has to have made the bundle. The Dockerfile runs this.
 *
 *     node apps/reference/scripts/stage-image.mjs FOLDER
 */
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBuilt } from '../bin/is-built.mjs';
import { externalPackages } from './external-packages.mjs';

const app = fileURLToPath(new URL('..', import.meta.url));
const [target] = process.argv.slice(2);
if (target === undefined || (existsSync(target) && readdirSync(target).length > 0)) {
  throw new Error('Name a folder that is empty or does not exist.');
}
if (!isBuilt()) throw new Error('The bundle in apps/reference/dist is missing or outdated. Run pnpm build.');

const into = resolve(target);
mkdirSync(into, { recursive: true });
for (const folder of ['bin', 'dist']) cpSync(join(app, folder), join(into, folder), { recursive: true });

const platforms = new Set(['', 'musl'].map((libc) => `${process.platform}${libc}-${process.arch}`));

/** Not the C sources of SQLite, and not the compiled files for other platforms. */
function isNeeded(path) {
  const platform = /\/prebuilds\/([^/]+)\.node$/.exec(path)?.[1];
  return (
    !/\/better-sqlite3\/(?:deps|src)(?:\/|$)/.test(path) &&
    (platform === undefined || platforms.has(platform))
  );
}

for (const { name, folder } of externalPackages()) {
  cpSync(folder, join(into, 'node_modules', name), { recursive: true, filter: isNeeded });
}
