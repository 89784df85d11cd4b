import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Whether `dist` was built from the sources that are here. Without sources, as in an image that holds only what runs, it is
 * all there is.
 */
export function isBuilt() {
  const list = new URL('../dist/sources.json', import.meta.url);
  if (!existsSync(list)) return false;
  if (!existsSync(new URL('../src', import.meta.url))) return true;
  return JSON.parse(readFileSync(list, 'utf8')).every(([path, changedAt, digest]) => {
    const changed = statSync(root + path, { throwIfNoEntry: false })?.mtimeMs;
    // A copy of the repository has other times.
    return changed === changedAt || (changed !== undefined && digestOf(root + path) === digest);
  });
}

const digestOf = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');
