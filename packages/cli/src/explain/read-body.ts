import { reasonOf, Refused } from '@vestibule/database';
import { readFile } from 'node:fs/promises';
import { MAX_BODY_BYTES } from '@vestibule/http';
import type { Input, CommandContext } from '../context/command-context.ts';

/**
 * Reads a file, or standard input if it is named `-`. Standard input is read only a little beyond the size limit of a
 * registration request.
 *
 * @throws Refused if the file cannot be read
 */
export async function readBytes(file: string, { stdin }: Pick<CommandContext, 'stdin'>): Promise<Uint8Array> {
  if (file === '-') return readInput(stdin);
  try {
    return await readFile(file);
  } catch (error) {
    throw new Refused(`${file} cannot be read: ${reasonOf(error)}`);
  }
}

async function readInput(stdin: Input): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of stdin) {
    const bytes = Buffer.from(piece);
    pieces.push(bytes);
    size += bytes.byteLength;
    if (size > MAX_BODY_BYTES) break;
  }
  return Buffer.concat(pieces);
}
