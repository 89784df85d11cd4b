import { reasonOf, Refused } from '@vestibule/database';
import { readFile } from 'node:fs/promises';
import { MAX_BODY_BYTES } from '@vestibule/http';
import type { Input, CommandContext } from '../context/command-context.ts';

/**
 * Reads a file, or standard input if it is named `-`. Standard input is read only a little beyond the limit, so that the caller
 * can tell that it is too large.
 *
 * @param limit in bytes @default that of a registration request
 * @throws Refused if the file cannot be read
 */
export async function readBytes(
  file: string,
  { stdin }: Pick<CommandContext, 'stdin'>,
  limit: number = MAX_BODY_BYTES,
): Promise<Uint8Array> {
  if (file === '-') return readInput(stdin, limit);
  try {
    return await readFile(file);
  } catch (error) {
    throw new Refused(`${file} cannot be read: ${reasonOf(error)}`);
  }
}

async function readInput(stdin: Input, limit: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of stdin) {
    const bytes = Buffer.from(piece);
    pieces.push(bytes);
    size += bytes.byteLength;
    if (size > limit) break;
  }
  return Buffer.concat(pieces);
}
