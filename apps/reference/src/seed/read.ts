import { readFile } from 'node:fs/promises';
import { Refused } from '../refused.ts';
import { type Seed, seedSchema } from './schema.ts';

/**
 * Reads a seed file.
 *
 * @throws Refused that names the file and every member which is wrong
 */
export async function readSeed(file: string): Promise<Seed> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Refused(`SEED=${file} cannot be read: ${messageOf(error)}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Refused(`SEED=${file} is not JSON: ${messageOf(error)}`);
  }
  const parsed = seedSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || '(the whole)'}: ${message}`,
  );
  throw new Refused(`SEED=${file} does not describe a realm:\n${problems.join('\n')}`);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
