import { Refused } from '@vestibule/database';
import type { CommandContext } from '../context/command-context.ts';
import { readDocument } from './read-document.ts';
import { readJson } from './read-json.ts';

/**
 * Reads a JSON file, or standard input if it is named `-`.
 *
 * @throws Refused if it cannot be read, is too large, is not UTF-8 or is not JSON
 */
export async function readJsonFile(file: string, context: Pick<CommandContext, 'stdin'>): Promise<unknown> {
  const read = readJson(textOf(file, await readDocument(file, context)));
  if (read.ok) return read.value;
  throw new Refused(`${file} ${read.problem}.`);
}

function textOf(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refused(`${file} is not UTF-8. Save it as UTF-8.`);
  }
}
