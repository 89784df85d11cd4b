import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generatePages } from './pages.ts';

/**
 * Writes the reference pages into `apps/docs/reference`, or another folder, from the code. What is in the folder is deleted first.
 *
 *     node apps/docs/generate/main.ts [FOLDER]
 */
const [folder = join(import.meta.dirname, '../reference')] = process.argv.slice(2);
await rm(folder, { recursive: true, force: true });
for (const { path, text } of await generatePages()) {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
