import { Refused } from '@vestibule/database';
import type { CommandContext } from '../context/command-context.ts';
import { readBytes } from '../explain/read-body.ts';

/** The largest document that a command reads, in bytes: thousands of clients and people. */
const MAX_DOCUMENT_BYTES: number = 1024 * 1024;

/**
 * Reads a document from a file, or from standard input if it is named `-`.
 *
 * @throws Refused if it cannot be read or is too large
 */
export async function readDocument(
  file: string,
  context: Pick<CommandContext, 'stdin'>,
): Promise<Uint8Array> {
  const bytes = await readBytes(file, context, MAX_DOCUMENT_BYTES);
  if (bytes.byteLength <= MAX_DOCUMENT_BYTES) return bytes;
  const name = file === '-' ? 'Standard input' : file;
  throw new Refused(
    `${name} is larger than 1 MiB (${MAX_DOCUMENT_BYTES} bytes), the limit of a document. Split it into several.`,
  );
}
