import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './app.ts';

/** Writes a seed, well formed or not, to a file of its own, which goes with the test. */
export async function writeSeed(text: string): Promise<string> {
  const file = join(await temporaryFolder(), 'seed.json');
  await writeFile(file, text);
  return file;
}
