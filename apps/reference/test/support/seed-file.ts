import { temporaryFolder } from '@vestibule/testing/folder';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a seed, valid or not, to a file that is deleted at the end of the test. */
export async function writeSeed(text: string): Promise<string> {
  const file = join(temporaryFolder(), 'seed.json');
  await writeFile(file, text);
  return file;
}
