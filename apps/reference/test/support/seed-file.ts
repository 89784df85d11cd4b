import { temporaryFolder } from '@vestibule/testing/folder';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a seed, well formed or not, to a file of its own, which goes with the test. */
export async function writeSeed(text: string): Promise<string> {
  const file = join(temporaryFolder(), 'seed.json');
  await writeFile(file, text);
  return file;
}
