import { reasonOf, Refused } from '@vestibule/cli';
import { readFile } from 'node:fs/promises';
import { isPasswordHash } from '../password.ts';
import { type Seed, seedSchema } from './schema.ts';

/**
 * Reads a seed file.
 *
 * @param issuer for resources that are written as paths
 * @throws Refused that names the file and every member which is wrong
 */
export async function readSeed(file: string, issuer: string): Promise<Seed> {
  const parsed = seedSchema(issuer).safeParse(parseJson(file, await readText(file)));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || '(the whole)'}: ${message}`,
    );
    throw wrong(file, problems);
  }
  for (const [index, { passwordHash }] of parsed.data.people.entries()) {
    if (passwordHash === undefined || (await isPasswordHash(passwordHash))) continue;
    throw wrong(file, [`people.${index}.passwordHash: must be an argon2 hash in PHC string format`]);
  }
  return parsed.data;
}

async function readText(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new Refused(`SEED=${file} cannot be read: ${reasonOf(error)}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refused(`SEED=${file} is not UTF-8. Save it as UTF-8.`);
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refused(`SEED=${file} is not JSON: ${reasonOf(error)}`);
  }
}

const wrong = (file: string, problems: readonly string[]): Refused =>
  new Refused(
    `SEED=${file} does not describe a realm:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
  );
