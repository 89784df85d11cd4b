/**
 * The packages that stay outside of the bundle because they load a compiled file, and the folders in which they are. Plain JavaScript,
 * because it runs while packages are installed, on any Node.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What the bundle leaves outside. */
export const EXTERNAL = ['better-sqlite3', '@node-rs/argon2'];

/**
 * These packages, and those of their optional dependencies that are installed: each has the compiled file of one platform.
 *
 * @returns the name and the folder of each
 */
export function externalPackages() {
  const fromApp = createRequire(import.meta.url);
  return EXTERNAL.flatMap((name) => {
    const folder = folderOf(fromApp, name);
    const { optionalDependencies = {} } = manifestIn(folder);
    const fromPackage = createRequire(join(folder, 'package.json'));
    const platforms = Object.keys(optionalDependencies).flatMap((dependency) => {
      try {
        return [{ name: dependency, folder: folderOf(fromPackage, dependency) }];
      } catch {
        // It is for another platform.
        return [];
      }
    });
    return [{ name, folder }].concat(platforms);
  });
}

/** The manifest of the package in a folder. */
export const manifestIn = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

const folderOf = (require, name) => realpathSync(dirname(require.resolve(`${name}/package.json`)));
