import { inWords, problemLine, readJson } from '@vestibule/cli';
import { reasonOf, Refused } from '@vestibule/database';
import { isPasswordHash } from '@vestibule/node';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { issuerProblem } from '@vestibule/node/environment';
import { type Seed, seedSchema } from './schema.ts';

/** A realm described by a seed file. */
export interface DescribedRealm {
  readonly seed: Seed;
  /** The path of the seed file, for messages. */
  readonly file: string;
  readonly issuer: string;
}

/** Reads seed files in order and stops at the first invalid one. */
export async function readSeeds(
  files: readonly string[],
  appIssuer: string,
): Promise<readonly DescribedRealm[]> {
  const described: DescribedRealm[] = [];
  for (const file of files) described.push(await readSeed(file, appIssuer));
  return described;
}

/**
 * Reads a seed file.
 *
 * @param appIssuer the app's issuer: the issuer of a realm that names none, and the base of paths
 * @throws Refused with the file and all its invalid members
 */
async function readSeed(file: string, appIssuer: string): Promise<DescribedRealm> {
  const json = parseJson(file, await readText(file));
  const issuer = issuerFrom(file, json, appIssuer);
  const parsed = seedSchema(issuer).safeParse(json, { error: inWords });
  if (!parsed.success) {
    throw wrong(file, parsed.error.issues.map(problemLine));
  }
  for (const [index, { passwordHash }] of parsed.data.people.entries()) {
    if (passwordHash === undefined || (await isPasswordHash(passwordHash))) continue;
    throw wrong(file, [`people.${index}.passwordHash: must be an argon2 hash in PHC string format`]);
  }
  return { seed: parsed.data, file, issuer };
}

const partOfIssuer = z.object({ realm: z.object({ issuer: z.string() }) });

/** The realm's own issuer; resources that are written as paths are at its origin. */
function issuerFrom(file: string, json: unknown, appIssuer: string): string {
  const said = partOfIssuer.safeParse(json);
  if (!said.success) return appIssuer;
  const { issuer: given } = said.data.realm;
  const issuer = given.startsWith('/') ? `${new URL(appIssuer).origin}${given}` : given;
  const problem = issuerProblem(issuer);
  if (problem !== undefined) throw wrong(file, [`realm.issuer: ${problem}`]);
  return issuer;
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
  const read = readJson(text);
  if (read.ok) return read.value;
  throw new Refused(`SEED=${file} ${read.problem}.`);
}

const wrong = (file: string, problems: readonly string[]): Refused =>
  new Refused(
    `SEED=${file} does not describe a realm:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
  );
