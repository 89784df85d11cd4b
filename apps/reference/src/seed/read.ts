import { readFile } from 'node:fs/promises';
import { isPasswordHash } from '../password.ts';
import { Refused } from '../refused.ts';
import { type Seed, seedSchema } from './schema.ts';

/**
 * Reads a seed file.
 *
 * @param issuer for resources that are written as paths
 * @throws Refused that names the file and every member which is wrong
 */
export async function readSeed(file: string, issuer: string): Promise<Seed> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Refused(`SEED=${file} cannot be read: ${messageOf(error)}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Refused(`SEED=${file} is not JSON: ${messageOf(error)}`);
  }
  const parsed = seedSchema(new URL(issuer).origin).safeParse(json);
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

const wrong = (file: string, problems: readonly string[]): Refused =>
  new Refused(
    `SEED=${file} does not describe a realm:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
  );

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
