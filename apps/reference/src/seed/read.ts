import { parseRealmDocument, type Problem, problemLine, type RealmDocument } from '@vestibule/core';
import { readJson } from '@vestibule/cli';
import { reasonOf, Refused } from '@vestibule/database';
import { isPasswordHash } from '@vestibule/node';
import { readFile } from 'node:fs/promises';

/** A realm described by a seed file. */
export interface DescribedRealm {
  readonly document: RealmDocument;
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
  const parsed = parseRealmDocument(parseJson(file, await readText(file)), appIssuer);
  if (!parsed.ok) throw wrong(file, parsed.problems);
  const document = parsed.value;
  for (const [index, { passwordHash }] of document.people.entries()) {
    if (passwordHash === undefined || (await isPasswordHash(passwordHash))) continue;
    const place = `people[${index}].passwordHash`;
    throw wrong(file, [{ place, problem: 'must be an argon2 hash in PHC string format' }]);
  }
  return { document, file, issuer: document.realm.issuer };
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

const wrong = (file: string, problems: readonly Problem[]): Refused =>
  new Refused(
    `SEED=${file} does not describe a realm:\n${problems.map((problem) => `  ${problemLine(problem)}`).join('\n')}`,
  );
