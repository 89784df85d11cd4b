import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generatePages } from './pages.ts';

/**
 * Writes the reference pages into `apps/docs/reference`, or another folder, from the code. Pages of earlier runs are deleted first,
 * and folders that this program does not write stay.
 *
 *     node apps/docs/generate/main.ts [FOLDER]
 */
const [folder = join(import.meta.dirname, '../reference')] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
for (const name of await readdir(folder)) {
  if (name.endsWith('.md') || name === 'agents') await rm(join(folder, name), { recursive: true });
}
for (const { path, text } of await generatePages()) {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
