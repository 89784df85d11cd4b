import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The installed versions of packages, as one text. A package that is not installed is left out. */
export const versionOf = (require: NodeJS.Require, packages: readonly string[]): string =>
  packages.flatMap((name) => installed(require, name)).join(', ');

function installed(require: NodeJS.Require, name: string): readonly string[] {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      const described: unknown = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8'));
      const isObject = typeof described === 'object' && described !== null && 'version' in described;
      return isObject ? [`${name} ${String(described.version)}`] : [];
    } catch {
      // Not in this folder.
    }
  }
  return [];
}
