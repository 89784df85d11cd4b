import { readJson } from '@vestibule/cli/process';
import { type Problem, problemLine, type RealmDocument } from '@vestibule/core/realm';
import { reasonOf, Refused } from '@vestibule/database';
import { parseNewRealm } from '@vestibule/node';
import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';

/** A realm described by a seed file. */
export interface DescribedRealm {
  readonly document: RealmDocument;
  /** The path of the seed file, for messages. */
  readonly file: string;
}

/**
 * Reads seed files in order and stops at the first invalid one.
 *
 * @param appIssuer the app's issuer: the issuer of a realm that names none, and the base of paths
 * @throws Refused with the file and all its invalid members
 */
export async function readSeeds(
  files: readonly string[],
  appIssuer: string,
): Promise<readonly DescribedRealm[]> {
  const described: DescribedRealm[] = [];
  for (const file of files) {
    const parsed = await parseNewRealm(parseJson(file, await readText(file)), appIssuer);
    if (!parsed.ok) throw invalid(file, parsed.problems);
    described.push({ document: parsed.value, file });
  }
  return described;
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new Refused(`SEED=${file} cannot be read: ${reasonOf(error)}`);
  });
  if (!isUtf8(bytes)) throw new Refused(`SEED=${file} is not UTF-8. Save it as UTF-8.`);
  return new TextDecoder().decode(bytes);
}

function parseJson(file: string, text: string): unknown {
  const read = readJson(text);
  if (!read.ok) throw new Refused(`SEED=${file} ${read.problem}.`);
  return read.value;
}

function invalid(file: string, problems: readonly Problem[]): Refused {
  const lines = problems.map((problem) => `  ${problemLine(problem)}`);
  return new Refused(`SEED=${file} does not describe a realm:\n${lines.join('\n')}`);
}
